using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Flow;

/// <summary>
/// Which words stand in a file, in its code, texts and comments: the question before all others. A file is read once, as
/// text, which costs a tenth of walking over its nodes; a hash is kept of every word in it. Two words of the same hash make
/// a rule look where nothing is, no more.
/// </summary>
internal static class SourceWords
{
    private const int Chunk = 4096;
    private const int Kept = 4096;
    private const int FirstHash = unchecked((int)2166136261);

    private static readonly ConditionalWeakTable<SyntaxTree, int[]> s_trees = new();

    // What a file is read with, kept for the next one.
    [ThreadStatic]
    private static HashSet<int>? t_words;

    [ThreadStatic]
    private static char[]? t_buffer;

    /// <summary>Whether any of some words stands in any file of a compilation.</summary>
    /// <param name="words">What an identifier is as a whole, or a piece of a text between two signs.</param>
    public static bool StandAnywhere(IReadOnlyCollection<string> words, Compilation compilation, CancellationToken cancellation)
    {
        var hashes = HashesOf(words);
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (Contains(Of(tree, cancellation), hashes))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc cref="StandAnywhere"/>
    /// <summary>Whether any of some words stands in a file.</summary>
    /// <param name="tree">The file.</param>
    /// <param name="words">What <see cref="HashesOf"/> made of the words.</param>
    public static bool StandIn(SyntaxTree tree, int[] words, CancellationToken cancellation) => Contains(Of(tree, cancellation), words);

    /// <summary>Whether a word stands in a file.</summary>
    public static bool StandsIn(SyntaxTree tree, string word, CancellationToken cancellation)
        => Array.BinarySearch(Of(tree, cancellation), HashOf(word)) >= 0;

    private static bool Contains(int[] words, int[] hashes)
    {
        foreach (var hash in hashes)
        {
            if (Array.BinarySearch(words, hash) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Words as they are looked for in many files.</summary>
    public static int[] HashesOf(IReadOnlyCollection<string> words)
    {
        var (hashes, count) = (new int[words.Count], 0);
        foreach (var word in words)
        {
            hashes[count++] = HashOf(word);
        }

        return hashes;
    }

    private static int HashOf(string word)
    {
        var hash = FirstHash;
        foreach (var character in word)
        {
            hash = Next(hash, character);
        }

        return hash;
    }

    private static int[] Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!s_trees.TryGetValue(tree, out var words))
        {
            words = Read(tree.GetText(cancellation), cancellation);
            words = s_trees.GetValue(tree, _ => words);
        }

        return words;
    }

    private static int[] Read(SourceText text, CancellationToken cancellation)
    {
        var (words, buffer) = (t_words ?? new HashSet<int>(), t_buffer ??= new char[Chunk]);
        t_words = null;
        var (hash, isInWord) = (FirstHash, false);
        for (var start = 0; start < text.Length; start += Chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            var length = Math.Min(Chunk, text.Length - start);
            text.CopyTo(start, buffer, 0, length);
            for (var i = 0; i < length; i++)
            {
                var character = buffer[i];
                if (IsPartOfWord(character))
                {
                    (hash, isInWord) = (Next(hash, character), true);
                }
                else if (isInWord)
                {
                    words.Add(hash);
                    (hash, isInWord) = (FirstHash, false);
                }
            }
        }

        if (isInWord)
        {
            words.Add(hash);
        }

        var sorted = new int[words.Count];
        words.CopyTo(sorted);
        Array.Sort(sorted);
        if (sorted.Length <= Kept)
        {
            words.Clear();
            t_words = words;
        }

        return sorted;
    }

    private static bool IsPartOfWord(char character)
        => character < 128 ? (uint)((character | 0x20) - 'a') <= 'z' - 'a' || (uint)(character - '0') <= 9 || character == '_' : SyntaxFacts.IsIdentifierPartCharacter(character);

    // FNV-1a.
    private static int Next(int hash, char character) => unchecked((hash ^ character) * 16777619);
}
