using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>What a customer did on a day after the last one that counts.</summary>
internal sealed record HeldDay(LocalDate Day, int Purchases, int Returns, decimal Amount);
