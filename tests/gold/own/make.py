#!/usr/bin/env python3
"""Turn the marked texts beside this file into NN.txt and NN.gold.json.

usage: make.py OUT [NN…]      write them into the folder OUT (all texts, or those named)
       make.py --audit [NN…]  list place names in the texts that no mark covers

A marked text is `key: value` lines (date, context, and `place.KEY: SPEC` short-hands), an empty
line, then the text with marks that may nest (a place inside a unit):

    {l huyện Mỹ Xuyên|SPEC}   locality; SPEC is its id ("Huyện Mỹ Xuyên, Sóc Trăng") or a KEY,
                              with " [new]" for the list of 1 July 2025; its era follows the date
                              unless " [old]" or " [new]" says otherwise; "!" in front of SPEC
                              allows a spelling other than the official one
    {u Huyện ủy {l …}|ID}     unit; ID may be left out where the text is the official name
    {a Huyện ủy|ID}           unit named without its place (anaphora)
    {d Kết luận 01|ID}        directive
    {n đường Tôn Đức Thắng|WHY}   negative: a name that is no place
    {o…                       in front of a kind letter ({ol, {ou, {oa, {od): optional
    \\u00a0                    any character by its number;  \\D[…] decomposed letters

Every offset comes from the text itself, every code from the lists in src/gazetteer/data, and every
name is held against its record: a mark that disagrees is an error that says where.
"""
import csv, json, pathlib, re, sys, unicodedata

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parents[2] / "src" / "gazetteer" / "data"
TYPES = r"(Thành phố|Thị trấn|Thị xã|Đặc khu|Phường|Huyện|Quận|Tỉnh|Xã) "
SHORT = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "q": "quận", "p": "phường", "h": "huyện", "x": "xã"}


def fold(s):
    s = unicodedata.normalize("NFC", s).replace("\u00ad", "").replace("\u200b", "").replace("Ð", "Đ").replace("–", "-").lower()
    for a, b in (("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"), ("oè", "òe"), ("oé", "óe"),
                 ("uỷ", "ủy"), ("uý", "úy"), ("uỳ", "ùy"), ("uỹ", "ũy"), ("uỵ", "ụy")):
        s = re.sub(a + r"(?!\w)", b, s)
    return re.sub(r"[\s\u00a0]+", " ", s).strip()


def parent_name(name):
    """How a place is named behind a smaller one: "Sóc Trăng", but "Quận 11"."""
    return name if short(name).isdigit() else short(name)


def short(name):
    return re.sub("^" + TYPES, "", name)


class Gazetteer:
    """The two lists: id -> code, and how often a typed name occurs."""

    def __init__(self):
        self.code, self.count, self.names = {}, {}, set()
        for era in ("old", "new"):
            rows = {r["code"]: r for r in csv.DictReader((DATA / f"{era}.csv").open(encoding="utf-8"))}
            for code, r in rows.items():
                name = r["name"]
                if era == "old" and code == "46":
                    name = "Tỉnh Thừa Thiên Huế"  # the list prints the name of 2025
                chain, up = [name], r["parent"]
                while up:
                    chain.append("Thừa Thiên Huế" if era == "old" and up == "46" else parent_name(rows[up]["name"]))
                    up = rows[up]["parent"]
                self.code.setdefault((fold(", ".join(chain)), era), []).append((code, ", ".join(chain)))
                key = (fold(name), era)
                self.count[key] = self.count.get(key, 0) + 1
                if " " in short(name):
                    self.names.add(" ".join(re.findall(r"\w+", fold(short(name)))))

    def inside(self, text):
        """Whether `text` holds a place name of two syllables or more as whole words."""
        words = re.findall(r"\w+", fold(text))
        return any(" ".join(words[i:j]) in self.names for i in range(len(words)) for j in range(i + 2, len(words) + 1))

    def find(self, spec, era):
        found = self.code.get((fold(spec), era), [])
        assert len(found) == 1, f"{spec} [{era}]: {len(found)} places"
        return found[0]


class Text:
    def __init__(self, path, gazetteer):
        self.doc, self.gaz = path.stem, gazetteer
        head, body = path.read_text("utf-8").split("\n\n", 1)
        self.head = dict(line.split(": ", 1) for line in head.splitlines())
        self.era = "new" if self.head.get("date", "") >= "2025-07" else "old"
        body = re.sub(r"\\D\[([^]]*)\]", lambda m: unicodedata.normalize("NFD", m[1]), body)
        body = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), body)
        self.source, self.out, self.mentions, self.negatives = body, [], [], []
        self.at = self.length = 0
        self.run(inside=None)
        self.text = "".join(self.out)
        for m in self.mentions + self.negatives:
            assert self.text[m["start"]:m["end"]] == m["text"], m
        self.mentions.sort(key=lambda m: (m["start"], -m["end"], "nested_in_unit" in m))

    def run(self, inside):
        """Copy text up to the end, or up to the `|` or `}` that ends the mark `inside`."""
        while self.at < len(self.source):
            c = self.source[self.at]
            if c == "{":
                self.mark(inside)
            elif inside and c in "|}":
                return
            else:
                assert c not in "{}|", f"{self.doc}: stray {c!r} near {self.source[self.at - 30:self.at + 10]!r}"
                self.out.append(c)
                self.at += 1
                self.length += 1
        assert not inside, f"{self.doc}: unclosed mark"

    def mark(self, inside):
        m = re.match(r"\{(o?)([luadn]) ", self.source[self.at:])
        assert m, f"{self.doc}: bad mark {self.source[self.at:self.at + 30]!r}"
        optional, kind = m.groups()
        self.at += m.end()
        start, before = self.length, len(self.mentions)
        self.run(inside=kind)
        text = "".join(self.out)[start:]
        value = None
        if self.source[self.at] == "|":
            close = self.source.index("}", self.at)
            value = self.source[self.at + 1:close]
            self.at = close
        self.at += 1
        where = {"start": start, "end": self.length, "text": text}
        assert text == text.strip(), f"{self.doc}: blanks at the edge of {text!r}"
        try:
            if kind == "n":
                assert "common" in (value or "") or self.gaz.inside(text), "holds no place name"
                self.negatives.append({**where, "reason": value or "name"})
                return
            made = {**where, **getattr(self, "make_" + kind)(text, value, self.mentions[before:])}
        except (AssertionError, KeyError) as e:
            sys.exit(f"{self.doc}: {text!r}: {e}")
        if kind == "l" and inside in ("u", "a"):
            made["nested_in_unit"] = True
        if optional:
            made["optional"] = True
        self.mentions.append(made)

    def make_l(self, text, spec, _):
        any_spelling, spec = spec.startswith("!"), spec.lstrip("!")
        spec = self.head.get("place." + spec, spec)
        era = re.search(r" \[(old|new)\]$", spec)
        spec, era = (spec[:era.start()], era[1]) if era else (spec, self.era)
        code, official = self.gaz.find(spec, era)
        typed, name = fold(official.split(",")[0]), fold(short(official.split(",")[0]))
        said = re.sub(r"^(tp|tx|tt|q|p|h|x)\b\.? ?", lambda m: SHORT[m[1]] + " ", fold(text))
        assert any_spelling or said in (typed, name), f"spells {said!r}, not {typed!r}"
        return {"kind": "locality", "id": "locality:" + official + (" [new]" if era == "new" else ""), "code": code, "gazetteer": era}

    def make_u(self, text, name, inner):
        places = [m for m in inner if m["kind"] == "locality"]
        assert places, "a unit holds its place; use {a for one without"
        name = name or text
        last = places[-1]
        official = last["id"][len("locality:"):].removesuffix(" [new]")
        typed, up = official.split(",")[0], official.split(", ")[-1]
        assert fold(short(typed)) in fold(name), f"{name} does not say {short(typed)}"
        several = self.gaz.count[fold(typed), last["gazetteer"]] > 1
        assert several == name.endswith(f"({up})"), f"{name}: {typed} {'occurs several times' if several else 'is unique'}"
        return {"kind": "unit", "id": "unit:" + name}

    def make_a(self, text, name, inner):
        assert name and not inner, "anaphora names its unit and holds no place"
        return {"kind": "unit", "id": "unit:" + name, "anaphora": True}

    def make_d(self, text, name, _):
        assert re.match(r"([A-ZĐa-zi]+:[0-9]+[a-z]?[-/]|NQTW:\d+/[IVX]+$|CĐ:Chuyên đề năm \d{4}$)", name), f"id {name}"
        return {"kind": "directive", "id": "directive:" + name}

    def gold(self):
        order = ("start", "end", "text", "kind", "id", "code", "gazetteer", "nested_in_unit", "anaphora", "optional")
        mentions = [{k: m[k] for k in order if k in m} for m in self.mentions]
        context = [c for c in self.head.get("context", "").split("; ") if c]
        return {"doc": self.doc, "date": self.head.get("date"), "context": context, "text_chars": len(self.text),
                "mentions": mentions, "negatives": sorted(self.negatives, key=lambda n: n["start"])}

    def audit(self):
        """Place names of two syllables or more, printed with capitals, that no mark covers."""
        words = list(re.finditer(r"\w+", self.text))
        covered = [(m["start"], m["end"]) for m in self.mentions + self.negatives]
        for i in range(len(words)):
            for n in (4, 3, 2):
                if i + n > len(words):
                    continue
                a, b = words[i].start(), words[i + n - 1].end()
                capital = all(w[0][0].isupper() or w[0].isdigit() for w in words[i:i + n])
                if capital and " ".join(w[0] for w in re.finditer(r"\w+", fold(self.text[a:b]))) in self.gaz.names and not any(s <= a and b <= e for s, e in covered):
                    print(f"{self.doc}: {self.text[max(0, a - 25):a]}[{self.text[a:b]}]{self.text[b:b + 20]}".replace("\n", " "))
                    break


def texts(chosen):
    gazetteer = Gazetteer()
    for path in sorted(HERE.glob("*.marked")):
        if not chosen or path.stem in chosen:
            yield Text(path, gazetteer)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for t in texts(sys.argv[2:]):
        if sys.argv[1] == "--audit":
            t.audit()
            continue
        out = pathlib.Path(sys.argv[1])
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{t.doc}.txt").write_text(t.text, "utf-8")
        (out / f"{t.doc}.gold.json").write_text(json.dumps(t.gold(), ensure_ascii=False, indent=1) + "\n", "utf-8")
