namespace Crm.Core.Segments;

/// <summary>The figures by which rung and stage of a day were decided. Days are counted from 1970-01-01.</summary>
internal struct LadderFigures
{
    internal int PurchaseDays;
    internal int FirstDay;
    internal int LastDay;
    internal int ComeBacks;
    internal int FeelingDay;
    internal bool HasGoodWord;
    internal int WindowCount;
    internal int LongestGap;
    internal int AllowedGap;
    internal int RegularSince;
    internal int DormantAfter;
    internal int LostAfter;
    internal int AliveDay;
    internal double Alive;
    internal bool DecidesAlive;
    internal bool HasInterest;
    internal bool IsLong;
    internal TraitAnswer TrueFan;
    internal TraitAnswer HasReferred;
    internal TraitAnswer Likes;
    internal TraitAnswer IsMember;
}
