#!/usr/bin/env python3
"""Writes data/old.csv and data/new.csv from the package `vietnamadminunits`.

    pip download vietnamadminunits==1.0.4 --no-deps && unzip -d FOLDER *.whl
    python3 convert.py FOLDER

The facts are those of `vietnamadminunits` 1.0.4 (MIT, Tran Ngoc Minh Hieu): the lists of
30 June and 1 July 2025 in `data/dataset.db`, old to new in `data/converter_2025.json`.
This script keys them by official code, corrects what CORRECTED_NAMES and FOREIGN say,
and stops at anything else that does not fit. Standard library only; the same input gives
the same bytes. What both lists miss is in data/changes.csv, which is kept by hand.

old.csv  code,name,parent,successors,twin   63 provinces, 696 districts, 10,035 communes, by level
                                            and code; successors are codes of new.csv joined by
                                            `;`, with `~` where only a part went there. A district
                                            has none of its own unless it has no communes.
new.csv  code,name,parent,lat,lon,twin      34 provinces, 3,321 communes, by level and code.

`twin` is `*` where a sibling's name differs in marks alone: both get their code in the path.
"""

import collections
import json
import pathlib
import sqlite3
import sys
import unicodedata

KINDS = ("Tỉnh", "Thành phố", "Quận", "Huyện", "Thị xã", "Xã", "Phường", "Thị trấn", "Đặc khu")

# Slips of the source, by code of the old list; in the new one the codes mean other units.
CORRECTED_NAMES = {
    "00181": "Phường Văn Miếu - Quốc Tử Giám",  # the hyphen is part of the name
    "00226": "Phường Phương Liên - Trung Tự",
    "00712": "Thị trấn Phó Bảng",  # not Phố Bảng
    "24310": "Xã Chư Kbô",  # not Chứ
    "24412": "Thị trấn M'Đrắk",  # as its district
}

# Successors that belong to another commune of the same name: the source resolves by name
# within the merged province, and there the name is borne twice. Old code -> new codes.
FOREIGN = {
    "06079": "06184",  # Hồng Phong: Bình Gia / Cao Lộc
    "10798": "11911",  # Hòa Bình: Kim Thành / Vĩnh Bảo
    "11890": "10804 10843",
    "25462": "27694",  # Phường 4: Tây Ninh / Tân An
    "27691": "25459",
    "28252": "29869",  # Phường 3, 4, 6: Mỹ Tho, Cai Lậy, Sa Đéc / Cao Lãnh
    "28270": "29869",
    "28437": "29869",
    "28439": "29869",
    "29902": "29869",
    "29908": "29869",
    "28924": "29734",  # Hòa Lộc: Mỏ Cày Bắc / Tam Bình
    "29734": "28921",
    "29623": "29182",  # Mỹ An: Mang Thít / Thạnh Phú
    "31246": "31726",  # Thạnh Quới: Vĩnh Thạnh / Mỹ Xuyên
    "31714": "31246",
    "31268": "31666",  # Tân Thạnh: Thới Lai / Long Phú
    "31666": "31288",
    "31378": "31654",  # Phú Hữu: Châu Thành (Hậu Giang) / Long Phú
    "31657": "31378",
    "31379": "31582",  # Phú Tân: Châu Thành (Hậu Giang) / Châu Thành (Sóc Trăng)
    "31582": "31378",
    "31438": "31741",  # Tân Long: Phụng Hiệp / Ngã Năm
    "31741": "31408",
    "31474": "31741",  # Long Bình: Long Mỹ / Ngã Năm
    "31744": "31473",
    "31480": "31639",  # Long Phú: Long Mỹ / Long Phú
    "31669": "31480",
    "31483": "31591",  # Thuận Hưng: Long Mỹ / Mỹ Tú
    "31606": "31495",
}


def name_of(code, name):
    """The name in NFC, its type word as in KINDS: the source has `Thị Xã` here and there."""
    name = unicodedata.normalize("NFC", name)
    for kind in KINDS:
        if name.lower().startswith(kind.lower() + " "):
            return kind + name[len(kind) :]
    raise SystemExit(f"{code}: no type word in {name!r}")


def read(folder):
    """The rows of both lists and the converter's tables."""
    data = pathlib.Path(folder) / "vietnamadminunits" / "data"
    base = sqlite3.connect(data / "dataset.db")
    base.row_factory = sqlite3.Row
    old = base.execute("SELECT * FROM admin_units_legacy").fetchall()
    new = base.execute("SELECT * FROM admin_units").fetchall()
    return old, new, json.loads((data / "converter_2025.json").read_text("utf-8"))


def successors_of(old, new, tables):
    """Old code -> set of (new code, whether only a part), for provinces and leaves."""
    leaf = {
        f"{r['provinceKey']}_{r['districtKey']}_{r['wardKey'] or ''}": r["wardCode"] or r["districtCode"]
        for r in old
    }
    assert len(leaf) == len(old), "two old units share a key"
    target = {(r["provinceKey"], r["wardKey"]): r["wardCode"] for r in new}
    assert len(target) == len(new), "two new units share a key"

    found = collections.defaultdict(set)
    for province, wards in tables["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, keys in wards.items():
            for key in keys:
                found[leaf[key]].add(target[province, ward])
    for province, keys in tables["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, wards in keys.items():
            found[leaf[key]].update(target[province, ward["newWardKey"]] for ward in wards)
    divided = {leaf[key] for keys in tables["DICT_PROVINCE_WARD_DIVIDED"].values() for key in keys}

    result = {}
    for code in leaf.values():
        codes = found[code]
        foreign = set(FOREIGN.get(code, "").split())
        assert foreign < codes, f"{code}: FOREIGN does not fit"
        # What remains of a unit that is divided in the source by its namesake only, is whole.
        part = code in divided and not (foreign and len(codes - foreign) == 1)
        result[code] = {(c, part) for c in codes - foreign}
        assert result[code], f"{code}: no successor"

    province_codes = {r["provinceKey"]: r["provinceCode"] for r in new}
    old_codes = {r["provinceKey"]: r["provinceCode"] for r in old}
    for province, keys in tables["DICT_PROVINCE"].items():
        for key in keys:
            result[old_codes[key]] = {(province_codes[province], False)}
    return result


def put(units, code, name, parent, corrected={}):
    name = name_of(code, corrected.get(code, name))
    assert units.setdefault(code, (name, parent)) == (name, parent), f"{code}: two readings"
    assert not set(name) & set(',"\n'), f"{code}: needs quoting"


def twins_of(units):
    """Codes of units whose name differs from a sibling's in marks alone."""
    groups = collections.defaultdict(list)
    for code, (name, parent) in units.items():
        letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
        bare = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
        groups[parent, " ".join(bare.split())].append(code)
    return {code for group in groups.values() if len(group) > 1 for code in group}


def by_level(code):
    return (len(code), code)


def main(folder):
    old, new, tables = read(folder)
    successors = successors_of(old, new, tables)

    units = {}
    for r in old:
        put(units, r["provinceCode"], r["province"], "")
        put(units, r["districtCode"], r["district"], r["provinceCode"])
        if r["wardCode"]:
            put(units, r["wardCode"], r["ward"], r["districtCode"], CORRECTED_NAMES)
    twins = twins_of(units)
    lines = ["code,name,parent,successors,twin"]
    for code in sorted(units, key=by_level):
        targets = ";".join(c + "~" * part for c, part in sorted(successors.get(code, ())))
        lines.append(",".join((code, *units[code], targets, "*" * (code in twins))))
    write("old.csv", lines)

    units, centres = {}, {}
    for r in new:
        put(units, r["provinceCode"], r["province"], "")
        put(units, r["wardCode"], r["ward"], r["provinceCode"])
        centres[r["provinceCode"]] = (r["provinceLat"], r["provinceLon"])
        centres[r["wardCode"]] = (r["wardLat"], r["wardLon"])
    twins = twins_of(units)
    lines = ["code,name,parent,lat,lon,twin"]
    for code in sorted(units, key=by_level):
        centre = (f"{x:g}" for x in centres[code])
        lines.append(",".join((code, *units[code], *centre, "*" * (code in twins))))
    write("new.csv", lines)


def write(name, lines):
    path = pathlib.Path(__file__).parent / "data" / name
    path.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    print(f"{path.name}: {len(lines) - 1} units")


if __name__ == "__main__":
    main(*sys.argv[1:])
