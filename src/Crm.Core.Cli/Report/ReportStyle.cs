namespace Crm.Core.Cli.Report;

/// <summary>How the report looks: light and dark, on a phone, on a desk and on paper.</summary>
internal static class ReportStyle
{
    internal const string Css = """
        :root { color-scheme: light dark; --ink: #1b1f24; --soft: #5b6470; --line: #d9dee4; --paper: #ffffff; --band: #f4f6f8; --accent: #0b6e6e; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e7eaee; --soft: #a3adb8; --line: #343b44; --paper: #14181d; --band: #1c2229; --accent: #5cc8c8; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
        main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
        h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
        .lead, .small, .standing { color: var(--soft); }
        .small { font-size: .85rem; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: .8rem; margin: 0; }
        .figures div { background: var(--band); border-left: 4px solid var(--accent); border-radius: 4px; padding: .7rem .9rem; }
        dt { font-size: .9rem; color: var(--soft); }
        dd { margin: 0; font-size: 1.25rem; font-weight: 600; }
        dd.words { font-size: 1rem; }
        .standing { display: block; font-size: .75rem; font-weight: 400; font-style: italic; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { padding: .35rem .6rem; text-align: right; border-bottom: 1px solid var(--line); vertical-align: top; }
        td { white-space: nowrap; }
        th[scope=row], th:first-child { text-align: left; font-weight: 500; min-width: 6rem; overflow-wrap: anywhere; }
        .worded td:last-child, .worded th:last-child { text-align: left; white-space: normal; min-width: 14rem; overflow-wrap: anywhere; }
        thead th { color: var(--soft); font-size: .85rem; font-weight: 500; }
        li { margin: .3rem 0; }
        @media print { main { max-width: none; padding: 0; } section { break-inside: avoid; } }
        """;
}
