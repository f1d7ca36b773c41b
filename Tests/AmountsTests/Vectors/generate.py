#!/usr/bin/env python3
"""Writes vectors for Florin's exact numbers, answered by Python's own decimal, datetime and zoneinfo.

    generate.py decimals COUNT [SEED]  > decimals.txt     op|operands...|answer
    generate.py days COUNT [SEED]      > days.txt         ordinal|YYYY-MM-DD|weekday
    generate.py zones COUNT [SEED]     > zones.txt        zone|microseconds|offset  and  zone|local|utc seconds

Standard library only, and the same bytes for the same arguments. The rule under test: a result is rounded to `places`
and then must fit a mantissa of Int128.max without trailing fractional zeros, otherwise it is `ovf`. Nothing that fits is
refused.
"""
import random
import sys
from datetime import date, datetime, timedelta, timezone
from decimal import (ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal, getcontext)

MAX = 2**127 - 1
MODES = {"halfEven": ROUND_HALF_EVEN, "halfUp": ROUND_HALF_UP, "down": ROUND_DOWN, "up": ROUND_UP, "floor": ROUND_FLOOR,
         "ceiling": ROUND_CEILING}
getcontext().prec = 400

EDGES = ["0", "-0", "0.0", "1", "-1", "1.0", "1.000000000000000000", "0.5", "-0.5", "0.25", "3", "7", "-2", "10",
         "0.000000000000000001", "0.000000000000000005", "0.000000000000000000000001", "1.000000000000000001",
         "1000.00", "0.333333333333333333333333", "171.000000000000000001", "999999999.999999999999999999",
         "999999999999999.999999999999999999", "-999999999999999.999999999999999999", "1000000000000000000",
         "170141183460469231731687303715884105727", "-170141183460469231731687303715884105727",
         "170141183460469231731.687303715884105727", "17014118346046923173168730371588410572.7",
         "1.70141183460469231731687303715884105727", "100000000000000000000000000000000000000",
         "18446744073709551615", "18446744073709551616", "340282366920938463444927863358058659840",
         "9223372036854775807", "9223372036854775808", "99999999999999.999999999999999999999999",
         "0.00000000000000000000000000000000000001", "12345678901234.123456789012345678901234"]


def plain(value):
    """Canonical text: no exponent, no trailing fractional zeros, no negative zero."""
    if value == 0:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def fits(value):
    digits = plain(value).lstrip("-")
    fraction = len(digits.partition(".")[2])
    return fraction <= 38 and int(digits.replace(".", "")) <= MAX


def answer(value):
    return plain(value) if fits(value) else "ovf"


def at_most(value, places, mode):
    """`value` with at most `places` fractional digits."""
    quantum = Decimal(1).scaleb(-places)
    return value.quantize(quantum, MODES[mode])


def ratio(a, b, places, mode):
    """a / b rounded once: the context's 400 digits are fewer than an endless quotient, so the tail is made sticky."""
    scaled = abs(a).scaleb(places)
    whole, rest = divmod(scaled, abs(b))
    exact = Decimal(whole) + (Decimal("0.5") if 2 * rest == abs(b) else Decimal("0.25") if 0 < 2 * rest < abs(b)
                              else Decimal("0.75") if rest else 0)
    if (a < 0) != (b < 0):
        exact = -exact
    return exact.quantize(Decimal(1), MODES[mode]).scaleb(-places)


def number(r, whole, fraction):
    """Random text with up to so many digits before and after the point."""
    w, f = r.randint(0, whole), r.randint(0, fraction)
    text = str(r.randint(0, 10**w - 1) if w else 0)
    if f:
        text += "." + "".join(r.choice("0123456789") for _ in range(f))
    return ("-" if r.random() < 0.3 else "") + text


def patterned(r):
    """A mantissa of long runs of one bits or nines: what breaks a quotient digit's first guess."""
    kind = r.randrange(4)
    if kind == 0:
        m = (1 << r.randint(1, 127)) - r.choice([0, 1, 2, 1 << r.randint(0, 63)])
    elif kind == 1:
        m = 10 ** r.randint(0, 38) + r.choice([-1, 0, 1])
    elif kind == 2:
        m = (r.choice([2**63, 2**64 - 1, 2**63 - 1]) << r.randint(0, 63)) | r.choice([0, 2**64 - 1, 2**63])
    else:
        m = r.getrandbits(r.randint(1, 127))
    m = max(0, min(MAX, abs(m)))
    scale = r.choice([0, 2, 6, 8, 18, 24, 38, r.randint(0, 38)])
    return plain(Decimal(m).scaleb(-scale) * r.choice([1, 1, -1]))


def operand(r):
    kind = r.randrange(8)
    if kind < 2:
        return number(r, 6, 8)
    if kind == 2:
        return number(r, 9, 18)
    if kind == 3:
        return number(r, 14, 24)
    if kind == 4:
        text = r.choice(EDGES)
        return text if fits(Decimal(text)) else "1"
    if kind == 5:
        return number(r, 20, 18)
    if kind == 6:
        text = number(r, 3, 4)
        if "." in text:
            text += "0" * r.randint(0, 12)
        return text
    return patterned(r)


def decimals(count, seed):
    r = random.Random(seed)
    yield "div|1000.00|0.333333333333333333333333|18|halfEven|" + answer(
        ratio(Decimal("1000.00"), Decimal("0.333333333333333333333333"), 18, "halfEven"))
    made = 1
    while made < count:
        a, b = operand(r), operand(r)
        x, y = Decimal(a), Decimal(b)
        places = r.choice([18, 18, 18, 18, 0, 2, 8, 24, 38])
        mode = r.choice(["halfEven", "halfEven", *MODES])
        op = r.choice(["add", "sub", "mul", "mul", "div", "div", "share", "share", "cmp", "round", "text", "tie", "tie", "pad"])
        if op == "add":
            line = f"add|{a}|{b}|{answer(x + y)}"
        elif op == "sub":
            line = f"sub|{a}|{b}|{answer(x - y)}"
        elif op == "mul":
            line = f"mul|{a}|{b}|{places}|{mode}|{answer(at_most(x * y, places, mode))}"
        elif op == "div":
            line = f"div|{a}|{b}|{places}|{mode}|{answer(ratio(x, y, places, mode)) if y else 'div0'}"
        elif op == "share":
            c = operand(r)
            z = Decimal(c)
            if r.random() < 0.5:  # a part of a lot
                b, c = (b, c) if abs(y) <= abs(z) else (c, b)
                y, z = Decimal(b), Decimal(c)
            # A share of the whole is the value itself, whatever its digits.
            line = f"share|{a}|{b}|{c}|" + ("div0" if z == 0 else answer(x) if y == z else answer(ratio(x * y, z, 18, "halfEven")))
        elif op == "cmp":
            if r.random() < 0.3:
                b = a + ("0" if "." in a and len(a.partition(".")[2]) < 38 and fits(x) and len(a) < 36 else "")
                y = Decimal(b)
            line = f"cmp|{a}|{b}|{(x > y) - (x < y)}"
        elif op == "round":
            line = f"round|{a}|{places}|{mode}|{answer(at_most(x, places, mode))}"
        elif op == "tie":  # exactly half a unit of the last place, or the nearest thing to it
            unit = Decimal(1).scaleb(-places - 1) if places < 38 else Decimal(0)
            tie = at_most(Decimal(number(r, 6, min(places, 10))), places, "down") + 5 * unit + r.choice(
                [0, 0, Decimal(1).scaleb(-min(38, places + 6)), -Decimal(1).scaleb(-min(38, places + 6))])
            if not fits(tie):
                continue
            line = f"round|{plain(tie)}|{places}|{mode}|{answer(at_most(tie, places, mode))}"
        elif op == "text":
            raw = r.choice([a, a, "+" + a.lstrip("-"), a + "e3", "1" + a.replace(".", ""), a + ".", a + "0" * 30, "0" * 40 + a.lstrip("-"),
                            "", ".", "-", "1,5", " 1", "1 ", "0x1", "١", "." + a.replace(".", "").lstrip("-")])
            body = raw[1:] if raw[:1] in "+-" and raw else raw
            digits = body.replace(".", "", 1)
            valid = digits != "" and all(c in "0123456789" for c in digits)
            line = f"text|{raw}|{plain(Decimal(raw)) if valid and fits(Decimal(raw)) else 'nil'}"
        else:
            places = r.choice([0, 2, 4, 18])
            rounded = at_most(x, places, "halfEven")
            text = format(rounded, "f")
            line = f"pad|{a}|{places}|{text.lstrip('-') if rounded == 0 else text}"
        made += 1
        yield line


def days(count, seed):
    r = random.Random(seed)
    first, last = date(1, 1, 1).toordinal(), date(9999, 12, 31).toordinal()
    epoch = date(1970, 1, 1).toordinal()
    fixed = [date(1, 1, 1), date(9999, 12, 31), date(2000, 2, 29), date(1900, 2, 28), date(1900, 3, 1), date(1970, 1, 1), date(1969, 12, 31)]
    for n in range(count):
        d = fixed[n] if n < len(fixed) else date.fromordinal(r.randint(first, last))
        yield f"{d.toordinal() - epoch}|{d.isoformat()}|{d.isoweekday()}"


def zones(count, seed):
    from zoneinfo import ZoneInfo
    r = random.Random(seed)
    names = ["Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]
    start, end = int(datetime(1975, 1, 1, tzinfo=timezone.utc).timestamp()), int(datetime(2090, 1, 1, tzinfo=timezone.utc).timestamp())
    changes = {}
    for name in names:
        zone, found, second = ZoneInfo(name), [], start
        offset = lambda s: datetime.fromtimestamp(s, zone).utcoffset()
        while second < end:  # every change of the offset, to the second
            following = second + 86400 * 7
            if offset(second) != offset(following):
                low, high = second, following
                while high - low > 1:
                    middle = (low + high) // 2
                    low, high = (low, middle) if offset(middle) != offset(second) else (middle, high)
                found.append(high)
            second = following
        changes[name] = found
    for n in range(count):
        name = names[n % len(names)]
        zone = ZoneInfo(name)
        near = changes[name] and r.random() < 0.6
        second = r.choice(changes[name]) + r.randint(-7200, 7200) if near else r.randint(start, end)
        if r.random() < 0.2 and near:
            second = r.choice(changes[name]) + r.choice([-1, 0])
        if n % 8 < 4:
            at = datetime.fromtimestamp(second, zone)
            yield f"utc|{name}|{second}|{int(at.utcoffset().total_seconds())}"
        else:  # a clock reading, maybe in a gap or an overlap; fold 0 is the rule for both
            local = datetime(1970, 1, 1) + timedelta(seconds=second + int(datetime.fromtimestamp(second, zone).utcoffset().total_seconds())
                                                     + r.choice([0, 0, 1800, 3599, -1800]))
            utc = local.replace(tzinfo=zone).astimezone(timezone.utc)
            twice = local.replace(tzinfo=zone, fold=1).astimezone(timezone.utc)
            yield f"local|{name}|{local.isoformat()}|{int(utc.timestamp())}|{'twice' if twice > utc else 'once'}"


if __name__ == "__main__":
    what, count = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    out = sys.stdout
    out.reconfigure(encoding="utf-8", newline="\n")
    for row in {"decimals": decimals, "days": days, "zones": zones}[what](count, seed):
        out.write(row + "\n")
