// Mono's class library behind the line protocol: what ASP.NET's membership and Identity call of it. Needs mono-mcs and mono-runtime.
using System;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

static class Program
{
    static string Read(string line, string name)
    {
        return Regex.Match(line, "\"" + name + "\": \"?([^\",}]*)").Groups[1].Value;
    }

    static byte[] Bytes(string line, string name)
    {
        return Convert.FromBase64String(Read(line, name));
    }

    // The key that the provider sets: as long as the one that the class makes for itself.
    static byte[] Fit(byte[] salt, int length)
    {
        var key = new byte[length];
        for (int at = 0; at < length; at++) key[at] = salt[at % salt.Length];
        return key;
    }

    static byte[] Membership(string algorithm, byte[] salt, byte[] text)
    {
        using (var hash = HashAlgorithm.Create(algorithm))
        {
            var keyed = hash as KeyedHashAlgorithm;
            if (keyed == null)
            {
                var all = new byte[salt.Length + text.Length];
                Buffer.BlockCopy(salt, 0, all, 0, salt.Length);
                Buffer.BlockCopy(text, 0, all, salt.Length, text.Length);
                return hash.ComputeHash(all);
            }
            keyed.Key = Fit(salt, keyed.Key.Length);
            return keyed.ComputeHash(text);
        }
    }

    static byte[] Hash(string line)
    {
        var password = new UTF8Encoding(false, true).GetString(Bytes(line, "password"));
        var text = Encoding.Unicode.GetBytes(password);
        switch (Read(line, "scheme"))
        {
            case "aspnet_membership":
                return Membership(Read(line, "algorithm"), Bytes(line, "salt"), text);
            case "umbraco_4":
                return new HMACSHA1(text).ComputeHash(text);
            case "pbkdf2":
                var name = new HashAlgorithmName(Read(line, "algorithm").ToUpperInvariant());
                using (var derive = new Rfc2898DeriveBytes(password, Bytes(line, "salt"), int.Parse(Read(line, "iterations")), name))
                    return derive.GetBytes(int.Parse(Read(line, "length")));
            default:
                throw new ArgumentException("unknown scheme");
        }
    }

    static void Main()
    {
        for (string line; (line = Console.ReadLine()) != null; )
        {
            try
            {
                if (Read(line, "op") == "version")
                {
                    var shown = (string) Type.GetType("Mono.Runtime").GetMethod("GetDisplayName", (System.Reflection.BindingFlags) 40).Invoke(null, null);
                    Console.WriteLine("{\"version\": \"" + shown.Split(' ')[0] + "\"}");
                }
                else Console.WriteLine("{\"checksum\": \"" + Convert.ToBase64String(Hash(line)) + "\"}");
            }
            catch (Exception error)
            {
                Console.WriteLine("{\"error\": \"" + error.GetType().Name + "\"}");
            }
        }
    }
}
