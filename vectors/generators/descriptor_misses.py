"""Near misses of the language of `expr` and `pre`: each row breaks one rule, and is to be refused for that."""

from descriptor import HASHES, size_of

BCRYPT = "$2b$04$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC"
MANY = "hex(md5(" * 6
# A row: form, expression, inputs, problem, field. {H} is any hash function, {n} its bytes, {E} an encoding.
ROWS = [
    # What does not carry the password.
    ("expr", "hex({H}(s))", "s=salt", "range", "expression"),
    ("expr", "hex({H}('x'))", "", "range", "expression"),
    ("expr", "hex({H}*3(s|d.t))", "s=salt,t=more", "range", "expression"),
    ("expr", "hex(hmac-{H}(s,t))", "s=salt,t=more", "range", "expression"),
    ("expr", "hex(pbkdf2-{H}*2:16(s,p))", "s=salt", "range", "expression"),
    ("expr", "hex(scrypt*2:1:1:16(s,p))", "s=salt", "range", "expression"),
    ("expr", "s.'x'", "s=salt", "range", "expression"),
    ("pre", "s.k", "s=salt,k=key", "range", "expression"),
    # Second parts.
    ("expr", "hex({H}*3(p|s))", "s=salt", "range", "expression"),
    ("expr", "hex({H}*3(p|p))", "", "range", "expression"),
    ("expr", "hex({H}(p|d.s))", "s=salt", "shape", "expression"),
    ("expr", "hex({H}*3(p|hex({H}*2(d))))", "", "range", "expression"),
    ("expr", "hex({H}*3(p|hex(pbkdf2-{H}*2:16(d,s))))", "s=salt", "range", "expression"),
    ("expr", "hex({H}*3(p|scrypt*2:1:1:16(d,s)))", "s=salt", "range", "expression"),
    ("expr", "hex({H}(d))", "", "shape", "expression"),
    ("expr", "hex({H}*2(d.p|d.s))", "s=salt", "shape", "expression"),
    # Slices.
    ("expr", "hex({H}(p)[0:7])", "", "range", "expression"),
    ("expr", "hex({H}(p)[8:8])", "", "range", "expression"),
    ("expr", "hex({H}(p)[9:8])", "", "range", "expression"),
    ("expr", "hex({H}(p)[4:{n1}])", "", "range", "expression"),
    ("expr", "hex(pbkdf2-{H}*2:16(p,s)[4:17])", "s=salt", "range", "expression"),
    ("expr", "hex(scrypt*2:1:1:16(p,s)[1:8])", "s=salt", "range", "expression"),
    ("expr", "hex({H}({E}({H}(p))[0:16]))", "", "range", "expression"),
    ("expr", "hex({H}(hex(p)[0:8]))", "", "range", "expression"),
    ("expr", "hex({H}(pad(p,16)[0:8]))", "", "range", "expression"),
    ("expr", "hex({H}(p[0:8]))", "", "shape", "expression"),
    ("expr", "hex({H}(u[0:2].p))", "u=ada", "shape", "expression"),
    ("expr", "hex({H}('abc'[0:2].p))", "", "shape", "expression"),
    ("expr", "hex({H}(s[0:5].p))", "s=salt", "range", "expression"),
    ("expr", "hex({H}(s[-2:4].p))", "s=salt", "number", "expression"),
    ("expr", "hex({H}(s[1:].p))", "s=salt", "number", "expression"),
    # Decoders.
    ("expr", "hex({H}(unhex(p)))", "", "range", "expression"),
    ("expr", "hex({H}(unb64(p)))", "", "range", "expression"),
    ("expr", "hex({H}(unhex(hex({H}(p)))))", "", "range", "expression"),
    ("expr", "hex({H}*2(p|unhex(hex(d))))", "", "range", "expression"),
    ("expr", "hex({H}*2(s|unhex(hex(d)).p))", "s=salt", "range", "expression"),
    ("expr", "hex({H}(unhex(s).p))", "s=salt", "alphabet", "inputs"),
    ("expr", "hex({H}(unhex(s).p))", "s=abc", "alphabet", "inputs"),
    ("expr", "hex({H}(unb64(s).p))", "s=abcde", "alphabet", "inputs"),
    ("expr", "hex({H}(unb64(s).p))", "s=abcdeR==", "alphabet", "inputs"),
    ("expr", "hex({H}(unhex(unb64(s)).p))", "s=AAAA", "alphabet", "inputs"),
    ("expr", "hex({H}(unhex(rep(s,1024).s).p))", "s=0", "range", "expression"),
    ("expr", "hex({H}(unb64(rep(md5(s),1024).s).p))", "s=0", "range", "expression"),
    # rep and pad.
    ("expr", "hex({H}(rep(p,16)))", "", "range", "expression"),
    ("expr", "hex({H}(rep({H}(p),16)))", "", "range", "expression"),
    ("expr", "hex({H}*2(p|rep(d,16)))", "", "range", "expression"),
    ("expr", "hex({H}*2(s|rep(d,16).p))", "s=salt", "range", "expression"),
    ("expr", "hex({H}(rep(u,16).p))", "u", "range", "expression"),
    ("expr", "hex({H}(rep(s,0).p))", "s=salt", "range", "expression"),
    ("expr", "hex({H}(rep(s,1025).p))", "s=salt", "range", "expression"),
    ("expr", "hex({H}(pad(p,0)))", "", "range", "expression"),
    ("expr", "hex({H}(pad(p,1025)))", "", "range", "expression"),
    # The password and the key stand under a hash, and the root is text.
    ("expr", "p", "", "range", "expression"),
    ("expr", "hex(p)", "", "range", "expression"),
    ("expr", "p.hex({H}(p))", "", "range", "expression"),
    ("expr", "hex({H}(p).p)", "", "range", "expression"),
    ("expr", "k.hex({H}(p))", "k=key", "range", "expression"),
    ("expr", "hex(k.{H}(p))", "k=key", "range", "expression"),
    ("expr", "{H}(p)", "", "range", "expression"),
    ("expr", "upper({H}(p))", "", "range", "expression"),
    ("expr", "utf16le(hex({H}(p)))", "", "range", "expression"),
    ("expr", "nfkc(hex({H}(p)))", "", "range", "expression"),
    ("expr", "pad(hex({H}(p)),200)", "", "range", "expression"),
    ("expr", "unhex(s).hex({H}(p))", "s=6162", "range", "expression"),
    ("expr", "u.hex({H}(p))", "u", "range", "expression"),
    ("pre", "{H}(p)", "", "range", "expression"),
    ("pre", "utf16le(p)", "", "range", "expression"),
    ("pre", "utf16be(p)", "", "range", "expression"),
    ("pre", "unhex(s).p", "s=6162", "range", "expression"),
    ("pre", "unb64(s).p", "s=abcd", "range", "expression"),
    ("pre", "pad(p,64)", "", "range", "expression"),
    # In front of bcrypt.
    ("pre", "s.p", "s=" + "s" * 41, "range", "expression"),
    ("pre", "s.t.hex({H}(p))", "s=" + "s" * 20 + ",t=" + "t" * 21, "range", "expression"),
    ("pre", "hex(s.{H}(p))", "s=" + "s" * 21, "range", "expression"),
    ("pre", "b64(s.{H}(p))", "s=" + "s" * 31, "range", "expression"),
    ("pre", "'" + "x" * 41 + "'.p", "", "range", "expression"),
    ("pre", "k.p", "k=" + "k" * 41, "range", "expression"),
    ("pre", "rep(s,41).hex({H}(p))", "s=salt", "range", "expression"),
    # The site key of the context.
    ("expr", "hex({H}(k.p))", "k", "range", "inputs"),
    ("pre", "hex({H}(k.p))", "k", "range", "inputs"),
    # One spelling.
    ("expr", "hex({H}*1(p))", "", "canonical", "expression"),
    ("expr", "hex({H}*2(p|d))", "", "canonical", "expression"),
    ("expr", "hex({H}*02(p))", "", "number", "expression"),
    ("expr", "hex({H}*+2(p))", "", "number", "expression"),
    ("expr", "hex({H}('a'.'b'.p))", "", "canonical", "expression"),
    ("expr", "hex({H}(''.p))", "", "canonical", "expression"),
    ("expr", "hex({H}(s[0:4].p))", "s=salt", "canonical", "expression"),
    ("expr", "hex({H}(p)[0:{n}])", "", "canonical", "expression"),
    ("expr", "hex({H}('%41'.p))", "", "canonical", "expression"),
    ("expr", "hex({H}('%c3'.p))", "", "canonical", "expression"),
    ("expr", "hex({H}('%2'.p))", "", "alphabet", "expression"),
    ("expr", "hex({H}('%G0'.p))", "", "alphabet", "expression"),
    ("expr", "hex({H}('é'.p))", "", "alphabet", "expression"),
    ("expr", "hex({H}(p) )", "", "shape", "expression"),
    ("expr", " hex({H}(p))", "", "shape", "expression"),
    ("expr", "hex({H}(p . s))", "s=salt", "shape", "expression"),
    ("expr", "hex({H}(p)).", "", "shape", "expression"),
    ("expr", "hex({H}(p)))", "", "shape", "expression"),
    ("expr", "hex({H}(p)", "", "shape", "expression"),
    ("expr", "hex({H}())", "", "shape", "expression"),
    ("expr", "hex({H}(p..s))", "s=salt", "shape", "expression"),
    ("expr", "Hex({H}(p))", "", "shape", "expression"),
    ("expr", "hex({H}x(p))", "", "shape", "expression"),
    ("expr", "hex(hmac-{H}(p))", "", "shape", "expression"),
    ("expr", "hex(hmac-hmac-{H}(s,p))", "s=salt", "shape", "expression"),
    ("expr", "hex(pbkdf2-{H}:16(p,s))", "s=salt", "shape", "expression"),
    ("expr", "hex(pbkdf2-{H}*2(p,s))", "s=salt", "shape", "expression"),
    ("expr", "hex({H}(p.x))", "", "shape", "expression"),
    ("expr", "", "", "shape", "expression"),
    # Inputs.
    ("expr", "hex({H}(s.p))", "", "shape", "inputs"),
    ("expr", "hex({H}(p))", "s=salt", "shape", "inputs"),
    ("expr", "hex({H}(s.t.p))", "t=more,s=salt", "canonical", "inputs"),
    ("expr", "hex({H}(s.p))", "s=salt,s=salt", "duplicate", "inputs"),
    ("expr", "hex({H}(s.p))", "s=", "length", "inputs"),
    ("expr", "hex({H}(s.p))", "s", "shape", "inputs"),
    ("expr", "hex({H}(s.p))", "s=salt,", "shape", "inputs"),
    ("expr", "hex({H}(s.p))", ",s=salt", "shape", "inputs"),
    ("expr", "hex({H}(s.p))", "s=%73alt", "canonical", "inputs"),
    ("expr", "hex({H}(s.p))", "s=%e9", "canonical", "inputs"),
    ("expr", "hex({H}(s.p))", "s=sälz", "alphabet", "inputs"),
    ("expr", "hex({H}(s.p))", "s=a%", "alphabet", "inputs"),
    ("expr", "hex({H}(s.p))", "s salt", "shape", "inputs"),
    ("expr", "hex({H}(p))", "p=password", "shape", "inputs"),
    # Limits.
    ("expr", "hex({H}('" + "x" * 512 + "'.p))", "", "length", "expression"),
    ("expr", MANY + "{H}(p)" + "))" * 6, "", "range", "expression"),
    ("expr", "hex({H}(" + ".".join(["md5(p)"] * 23) + "))", "", "range", "expression"),
    ("expr", "hex({H}(" + ".".join(["pbkdf2-{H}*2:8(p,s)"] * 3) + "))", "s=salt", "range", "expression"),
    ("expr", "hex({H}*2147483648(p))", "", "range", "expression"),
    ("expr", "hex(pbkdf2-{H}*0:16(p,s))", "s=salt", "range", "expression"),
    ("expr", "hex(pbkdf2-{H}*2:7(p,s))", "s=salt", "length", "expression"),
    ("expr", "hex({H}(pbkdf2-{H}*2:7(p,s)))", "s=salt", "length", "expression"),
    ("expr", "hex(scrypt*2:1:1:4(p,s))", "s=salt", "length", "expression"),
    ("expr", "hex(pbkdf2-{H}*2:1025(p,s))", "s=salt", "range", "expression"),
    ("expr", "hex(scrypt*3:1:1:16(p,s))", "s=salt", "range", "expression"),
    ("expr", "hex(scrypt*1:1:1:16(p,s))", "s=salt", "range", "expression"),
    ("expr", "hex(scrypt*65536:1:1:16(p,s))", "s=salt", "range", "expression"),
    ("expr", "hex({H}(nfkc(hex(hex(hex(p))))))", "", "range", "expression"),
]
# Checksums of the wrong text: what is changed of the right one.
CHECKSUMS = [
    ("hex({H}(p))", lambda text: text[:-1], "length"),
    ("hex({H}(p))", lambda text: text + "0", "length"),
    ("hex({H}(p))", lambda text: "", "length"),
    ("hex({H}(p))", lambda text: "A" + text[1:], "alphabet"),
    ("hex({H}(p))", lambda text: "g" + text[1:], "alphabet"),
    ("HEX({H}(p))", lambda text: "a" + text[1:], "alphabet"),
    ("lower(HEX({H}(p)))", lambda text: "A" + text[1:], "alphabet"),
    ("b64np(md5(p))", lambda text: "0" * 21 + "1", "canonical"),
    ("b64(md5(p))", lambda text: "0" * 21 + "A=A", "alphabet"),
    ("ab64(md5(p))", lambda text: "+" * 22, "alphabet"),
    ("'x-'.hex({H}(p))", lambda text: "y" + text[1:], "shape"),
]


def miss(rng):
    """A case that is malformed."""
    name = rng.choice([name for name in HASHES])
    code = rng.choice(["hex", "HEX", "b64", "b64np", "ab64"])

    def filled(text):
        numbers = text.replace("{n1}", str(size_of(name) + 1)).replace("{n}", str(size_of(name)))
        return numbers.replace("{H}", name).replace("{E}", code)

    if rng.random() < 0.12:
        expression, change, problem = rng.choice(CHECKSUMS)
        size = 2 * size_of(name) + (2 if expression.startswith("'") else 0)
        right = ("x-" if expression.startswith("'") else "") + "0" * (size - (2 if expression.startswith("'") else 0))
        digest = f"expr${filled(expression)}$${change(right)}"
        return {"digest": digest, "password": "", "outcome": "malformed", "problem": problem, "field": "checksum"}
    form, expression, inputs, problem, field = rng.choice(ROWS)
    rest = BCRYPT if form == "pre" else "0" * 32
    digest = f"{form}${filled(expression)}${inputs}${rest}"
    return {"digest": digest, "password": "", "outcome": "malformed", "problem": problem, "field": field}
