#!/usr/bin/env python3
"""Make the shipped extracts of data/ from the public sources.

    python3 data/prepare.py FOLDER

FOLDER holds the public originals, cut down to the files and columns below
(data/README.md says where each original is published). It is only read.

  online_retail_sku_day.csv     StockCode, Date, Units, Orders, MaxLine, Revenue, CancelledUnits:
                                145 products on the 305 trading days of UCI "Online Retail"
  online_retail_sku_stats.csv   StockCode, Description, Units
  fresh_retail_series_day.csv   city_id, store_id, product_id, first_category_id, dt, sale_amount,
                                stock_hour6_22_cnt, discount, holiday_flag, activity_flag, pick:
                                357 store-product series of FreshRetailNet-50K, 90 days each
  scms_lead_times.csv           the "Supply Chain Shipment Pricing Data" lines, with ISO dates and
                                the derived day counts po_to_delivered_days and delay_days
  conjura_tiktok_brand_weekly_us_apparel.csv, conjura_one_brand_weekly.csv
                                two brands of the Conjura MMM data, summed to weeks from Monday

Every total that the sources are known by is asserted before anything is written. The same
input gives the same bytes. Python 3.11 or later, standard library only.
"""

import csv
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent

SALES = ["date", "sku", "units", "orders", "largest_line", "in_stock_share", "price", "promotion"]
PROMOTIONS = ["campaign", "sku", "start", "end", "price", "commission", "planned_spend", "host",
              "live_slots"]
PURCHASES = ["order", "sku", "mode", "supplier", "units", "ordered_on", "produced_on",
             "arrived_on", "cleared_on", "received_on"]
ADS = ["date", "campaign", "sku", "planned_spend", "spend"]
WEEKLY_SALES = ["date", "orders", "units", "revenue"]

MAX_BYTES = 7_000_000


def check(condition, what):
    """Stop with a message if the source is not the one this script was written for."""
    if not condition:
        sys.exit(f"prepare.py: the source is not the expected one: {what}")


def read(folder, name):
    path = folder / name
    if not path.is_file():
        sys.exit(f"prepare.py: `{path}` is missing")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text):
    return date.fromisoformat(text)


def calendar(first, last):
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


def rounded(value, places):
    """Half up, as text: `places` decimals at most, without trailing zeros."""
    text = str(Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value):
    """Half up, as text with exactly two decimals."""
    return str(Decimal(value).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def check_sales(rows):
    """The rules of the canonical sales table."""
    last = {}
    for row in rows:
        today, sku = day(row["date"]), row["sku"]
        check(sku not in last or last[sku] + timedelta(days=1) == today, f"gap at {sku} {today}")
        last[sku] = today
        check(int(row["units"]) >= 0, f"negative units at {sku} {today}")
        check(0 <= Decimal(row["in_stock_share"]) <= 1, f"in_stock_share at {sku} {today}")
        check(row["promotion"] in ("", "0", "1"), f"promotion at {sku} {today}")
        if row["largest_line"] != "":
            check(0 <= int(row["largest_line"]) <= int(row["units"]), f"line at {sku} {today}")
            check(int(row["units"]) > 0 or int(row["orders"]) == 0, f"orders at {sku} {today}")


def online_retail(folder):
    rows = read(folder, "online_retail_sku_day.csv")
    stats = read(folder, "online_retail_sku_stats.csv")
    trading_days = {day(row["Date"]) for row in rows}
    first_day, last_day = date(2010, 12, 1), date(2011, 12, 9)
    check(len(trading_days) == 305, "305 trading days")
    check((min(trading_days), max(trading_days)) == (first_day, last_day), "dates")
    check(not any(d.weekday() == 5 for d in trading_days), "no Saturday is a trading day")

    by_sku = defaultdict(dict)
    for row in rows:
        by_sku[row["StockCode"]][day(row["Date"])] = row
    check(len(by_sku) == 145, "145 products")
    check(sum(map(len, by_sku.values())) == len(rows), "one row a (StockCode, Date)")
    check(all(set(days) == trading_days for days in by_sku.values()), "rows on trading days")
    check({s["StockCode"] for s in stats} == set(by_sku), "same products in both files")
    for s in stats:
        total = sum(int(row["Units"]) for row in by_sku[s["StockCode"]].values())
        check(total == int(s["Units"]), f"units of {s['StockCode']}")

    # A burst day is above 3 x the mean of the 28 trading days before, counted from the first
    # sale. A line is wholesale if it is half or more of its day and 8 x the usual largest line.
    bursts = one_line = wholesale_lines = wholesale_units = 0
    for days in by_sku.values():
        found = [days[d] for d in sorted(days)]
        while int(found[0]["Units"]) == 0:
            found.pop(0)
        units = [int(row["Units"]) for row in found]
        lines = [int(row["MaxLine"]) for row in found]
        usual = median(line for line in lines if line > 0)
        for i, line in enumerate(lines):
            if 2 * line >= units[i] and line >= 8 * usual:
                wholesale_lines += 1
                wholesale_units += line
            if i >= 28 and units[i] * 28 > 3 * sum(units[i - 28:i]) > 0:
                bursts += 1
                one_line += 2 * line >= units[i]
    facts = {
        "burst days": bursts,
        "of them with one line of half the day or more": one_line,
        "wholesale lines by the rule in README.md": wholesale_lines,
        "units in them": wholesale_units,
    }

    # Shut means: no sale of any product, on a day of the week on which the shop sells, or
    # within the Christmas closure. Other Saturdays are the weekly rest and stay in stock.
    closure = (date(2010, 12, 24), date(2011, 1, 3))

    def shut(d):
        if d in trading_days:
            return False
        return d.weekday() != 5 or closure[0] <= d <= closure[1]

    out, skipped = [], 0
    for sku in sorted(by_sku):
        days = by_sku[sku]
        first_sale = min(d for d, row in days.items() if int(row["Units"]) > 0)
        skipped += sum(d < first_sale for d in days)
        for d in calendar(first_sale, last_day):
            row = days.get(d)
            units = int(row["Units"]) if row else 0
            check(units >= 0, f"units of {sku} on {d}")
            price = money(Decimal(row["Revenue"]) / units) if units else ""
            out.append({
                "date": d.isoformat(), "sku": sku, "units": units,
                "orders": int(row["Orders"]) if row else 0,
                "largest_line": int(row["MaxLine"]) if row else 0,
                "in_stock_share": 0 if shut(d) else 1, "price": price, "promotion": "",
            })
    check_sales(out)
    check(sum(r["units"] for r in out) == sum(int(r["Units"]) for r in rows), "units kept")
    all_days = calendar(first_day, last_day)
    facts |= {
        "trading-day rows before a product's first sale, dropped": skipped,
        "days added, closed": sum(shut(d) for d in all_days),
        "days added, ordinary Saturdays":
            sum(d not in trading_days and not shut(d) for d in all_days),
        "rows added on closed days": sum(r["in_stock_share"] == 0 for r in out),
        "rows added on ordinary Saturdays":
            sum(r["in_stock_share"] == 1 and day(r["date"]).weekday() == 5 for r in out),
        "products that start later than the first day":
            sum(min(d for d, r in days.items() if int(r["Units"]) > 0) > first_day
                for days in by_sku.values()),
        "units": sum(r["units"] for r in out),
        "CancelledUnits, not used": sum(int(r["CancelledUnits"]) for r in rows),
        "revenue, GBP": sum(Decimal(r["Revenue"]) for r in rows),
    }
    names = [{"sku": s["StockCode"], "name": " ".join(s["Description"].split())} for s in stats]
    names.sort(key=lambda s: s["sku"])
    facts["names with blanks collapsed"] = sum(
        " ".join(s["Description"].split()) != s["Description"] for s in stats)
    return [
        ("online-retail/sales.csv", SALES, out),
        ("online-retail/products.csv", ["sku", "name"], names),
    ], facts


def fresh_retail(folder):
    rows = read(folder, "fresh_retail_series_day.csv")
    series = defaultdict(list)
    for row in rows:
        series[row["city_id"], row["store_id"], row["product_id"]].append(row)
    check(len(rows) == 32_130 and len(series) == 357, "357 series of 90 days")
    check(len({key[1:] for key in series}) == 357, "store and product name a series")
    window = calendar(date(2024, 3, 28), date(2024, 6, 25))
    for key, days in series.items():
        check([day(r["dt"]) for r in days] == window, f"90 days in order for {key}")

    missing = [r for r in rows if Decimal(r["discount"]) == 0]
    dropped = {key for key, days in series.items()
               if any(Decimal(r["discount"]) == 0 for r in days)}
    check(round(len(missing) / len(rows), 2) == 0.34, "34 % of rows with discount 0")
    check(len(dropped) == 126, "126 series with discount 0")
    check(all(series[key][0]["pick"] == "top_volume" for key in dropped), "all top_volume")
    check(round(sum(int(r["stock_hour6_22_cnt"]) > 0 for r in rows) / len(rows), 2) == 0.59,
          "59 % of rows have a stockout hour")
    kept = {f"S{key[1]}-P{key[2]}": days for key, days in series.items() if key not in dropped}
    check(len(kept) == 231, "231 series remain")

    out, promotions, off_grid, cut = [], [], 0, 0
    for sku in sorted(kept):
        run = None
        for row in kept[sku]:
            tenfold = Decimal(row["sale_amount"]) * 10
            units = int(tenfold.quantize(Decimal(1), rounding=ROUND_HALF_UP))
            off_grid += tenfold != units
            check(row["activity_flag"] in ("0", "1"), "activity_flag is 0 or 1")
            share = 1 - Decimal(row["stock_hour6_22_cnt"]) / 16
            out.append({
                "date": row["dt"], "sku": sku, "units": units, "orders": "", "largest_line": "",
                "in_stock_share": rounded(share, 4), "price": rounded(row["discount"], 4),
                "promotion": row["activity_flag"],
            })
            if row["activity_flag"] == "0":
                run = None
            elif run is None:
                run = dict.fromkeys(PROMOTIONS, "") | {
                    "campaign": f"{sku}-{row['dt']}", "sku": sku,
                    "start": row["dt"], "end": row["dt"]}
                promotions.append(run)
            else:
                run["end"] = row["dt"]
    check_sales(out)
    length = [(day(p["end"]) - day(p["start"])).days + 1 for p in promotions]
    check(sum(length) == sum(r["promotion"] == "1" for r in out), "promotion days")
    check(len({p["campaign"] for p in promotions}) == len(promotions), "campaign names")
    first, last = window[0].isoformat(), window[-1].isoformat()
    facts = {
        "series dropped": len(dropped),
        "rows dropped": len(rows) - len(out),
        "of them with discount 0": len(missing),
        "rows with sale_amount not a multiple of 0.1, rounded": off_grid,
        "units": sum(r["units"] for r in out),
        "rows with a stockout hour": sum(r["in_stock_share"] != "1" for r in out),
        "rows out of stock all 16 hours": sum(r["in_stock_share"] == "0" for r in out),
        "of them with sales": sum(r["in_stock_share"] == "0" and r["units"] > 0 for r in out),
        "promotion days": sum(length),
        "series with a promotion": len({p["sku"] for p in promotions}),
        "promotion length, median": median(length),
        "promotions touching the first or last day":
            sum(p["start"] == first or p["end"] == last for p in promotions),
        "promotions of all 90 days": sum(n == len(window) for n in length),
        "picks": dict(Counter(days[0]["pick"] for days in kept.values())),
    }
    return [
        ("fresh-retail/sales.csv", SALES, out),
        ("fresh-retail/promotions.csv", PROMOTIONS, promotions),
    ], facts


def scms(folder):
    rows = read(folder, "scms_lead_times.csv")
    check(len(rows) == len({r["ID"] for r in rows}) == 10_324, "10,324 lines")
    dated = [r for r in rows if r["PO Sent to Vendor Date"] and r["Delivered to Client Date"]]
    check(len(dated) == 4_592, "4,592 lines with both dates")

    def lead(row):
        return (day(row["Delivered to Client Date"]) - day(row["PO Sent to Vendor Date"])).days

    check(all(lead(r) == int(float(r["po_to_delivered_days"])) for r in dated), "day counts")
    check(sum(lead(r) < 0 for r in dated) == 5, "5 negative lead times")
    for mode, days in (("Air", 99), ("Ocean", 167), ("Truck", 4)):
        found = median(lead(r) for r in dated if r["Shipment Mode"] == mode)
        check(found == days, f"median {days} days by {mode}")
    on_schedule = sum(float(r["delay_days"]) == 0 for r in rows) / len(rows)
    late = sum(float(r["delay_days"]) > 0 for r in rows) / len(rows)
    check(round(on_schedule, 2) == 0.61 and round(late, 3) == 0.115, "61 % on schedule, 11.5 % late")

    shipments = defaultdict(list)
    for r in dated:
        key = r["Vendor"], r["PO Sent to Vendor Date"], r["Delivered to Client Date"]
        shipments[key].append(r)
    check(len(shipments) == 2_775, "2,775 distinct shipments")

    out, negative, mixed, on_time, shipped_late, zero = [], 0, 0, 0, 0, 0
    for (vendor, ordered_on, received_on), lines in shipments.items():
        days = lead(lines[0])
        if days < 0:
            negative += 1
            continue
        zero += days == 0
        # The mode that carried the most units; on a tie the one of the smallest ID.
        by_mode = Counter()
        for r in sorted(lines, key=lambda r: int(r["ID"])):
            by_mode[r["Shipment Mode"]] += int(r["Line Item Quantity"])
        mixed += len(by_mode) > 1
        mode = max(by_mode, key=by_mode.get)
        check(mode in ("Air", "Ocean", "Truck", "Air Charter", ""), f"mode `{mode}`")
        on_time += all(float(r["delay_days"]) == 0 for r in lines)
        shipped_late += any(float(r["delay_days"]) > 0 for r in lines)
        first = min(int(r["ID"]) for r in lines)
        out.append((day(ordered_on), first, dict.fromkeys(PURCHASES, "") | {
            "order": f"SCMS-{first}",
            "mode": mode.lower().replace(" ", "-") or "unknown", "supplier": vendor,
            "units": sum(by_mode.values()), "ordered_on": ordered_on, "received_on": received_on,
        }))
    out = [row for *_, row in sorted(out, key=lambda row: row[:2])]
    check(all(row["units"] > 0 for row in out), "units above 0")
    check(len({row["order"] for row in out}) == len(out), "order names")
    modes = defaultdict(list)
    for row in out:
        modes[row["mode"]].append((day(row["received_on"]) - day(row["ordered_on"])).days)
    facts = {
        "lines without both dates, dropped": len(rows) - len(dated),
        "lines merged into a shipment": len(dated) - len(shipments),
        "shipments with negative lead time, dropped": negative,
        "shipments with two modes": mixed,
        "lead time 0, kept": zero,
        "shipments by mode (count, median days, max)":
            {m: (len(v), median(v), max(v)) for m, v in sorted(modes.items())},
        "suppliers": len({row["supplier"] for row in out}),
        "vendor and order date with several deliveries": sum(
            n > 1 for n in Counter((r["supplier"], r["ordered_on"]) for r in out).values()),
        "dates": (out[0]["ordered_on"], max(r["received_on"] for r in out)),
        "share of all source lines exactly on schedule": round(on_schedule, 4),
        "share of shipments with all lines on schedule": round(on_time / len(out), 4),
        "share of shipments with a late line": round(shipped_late / len(out), 4),
    }
    return [("scms/purchases.csv", PURCHASES, out)], facts


def conjura(folder):
    """Two brands; weekly totals."""
    files, facts = [], {}

    def one(name, source, channels, first, last, spend_total, orders_total, burst_weeks,
            orders, units, revenue):
        rows = read(folder, source)
        key = next(iter(rows[0]))
        weeks = [day(r[key]) for r in rows]
        check(weeks == [day(first) + timedelta(weeks=i) for i in range(len(rows))]
              and weeks[0].weekday() == 0 and weeks[-1] == day(last), f"weeks of {source}")
        total = sum(Decimal(r[column]) for r in rows for column in channels)
        check(abs(total - Decimal(spend_total)) < Decimal("0.000001"), f"spend of {source}")
        check(sum(int(r[orders]) for r in rows) == orders_total, f"orders of {source}")
        ads, sales = [], []
        for r in rows:
            for column, campaign in channels.items():
                check(Decimal(r[column]) >= 0, f"{column} is not negative")
                ads.append(dict.fromkeys(ADS, "") | {
                    "date": r[key], "campaign": campaign, "spend": money(r[column])})
            sales.append({"date": r[key], "orders": r[orders], "units": r[units] if units else "",
                          "revenue": money(revenue(r))})
        ads.sort(key=lambda row: (row["date"], row["campaign"]))
        written = sum(Decimal(row["spend"]) for row in ads)
        share = Counter()
        for row in ads:
            share[row["campaign"]] += Decimal(row["spend"])
        # A burst week is above 1.5 x the mean of the 8 weeks before, from the fifth week on.
        week = Counter()
        for row in ads:
            week[row["date"]] += Decimal(row["spend"])
        spend = [week[d] for d in sorted(week)]
        before = [spend[max(0, i - 8):i] for i in range(len(spend))]
        bursts = sum(spend[i] * len(before[i]) > Decimal("1.5") * sum(before[i])
                     for i in range(4, len(spend)))
        check(bursts == burst_weeks, f"{burst_weeks} burst weeks in {source}")
        facts[name] = {
            "weeks": len(rows), "spend in the source": total, "spend written": written,
            "orders": orders_total,
            "rows with zero spend, kept": sum(Decimal(row["spend"]) == 0 for row in ads),
            "burst weeks": bursts,
            "spend by campaign": {c: str(v) for c, v in share.most_common()},
        }
        files.append((f"conjura/ads-{name}-weekly.csv", ADS, ads))
        files.append((f"conjura/sales-{name}-weekly.csv", WEEKLY_SALES, sales))
        return rows

    columns = ["google_paid_search", "google_shopping", "google_pmax", "google_display",
               "google_video", "meta_facebook", "meta_instagram", "meta_other", "tiktok"]
    rows = one(
        "us-apparel", "conjura_tiktok_brand_weekly_us_apparel.csv",
        {f"{c}_spend": c.replace("_", "-") for c in columns},
        "2021-07-26", "2024-05-13", "2661171.54", 105_242, 28,
        "all_purchases", "all_purchases_units",
        lambda r: Decimal(r["all_purchases_original_price"])
        - Decimal(r["all_purchases_gross_discount"]))
    check(len(rows) == 147, "147 weeks")
    tiktok = [Decimal(r["tiktok_spend"]) for r in rows]
    check(sum(t > 0 for t in tiktok) == 12 and sum(tiktok) == Decimal("8788.07"),
          "TikTok spend in 12 weeks, 8,788.07 in all")

    columns = ["google_search", "google_shopping", "google_pmax", "google_display",
               "google_video", "meta_facebook", "meta_instagram", "meta_other"]
    rows = one(
        "one-brand", "conjura_one_brand_weekly.csv",
        {c: c.replace("_", "-") for c in columns},
        "2021-11-22", "2024-05-27", "968929871.2025508", 164_975, 23, "all_orders", None,
        lambda r: Decimal(r["all_revenue"]))
    check(len(rows) == 132, "132 weeks")
    return files, facts


def write(name, columns, rows):
    path = HERE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path.stat().st_size


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: python3 data/prepare.py FOLDER")
    folder = Path(sys.argv[1])
    results = [make(folder) for make in (online_retail, fresh_retail, scms, conjura)]
    total = 0
    for files, facts in results:
        for name, columns, rows in files:
            size = write(name, columns, rows)
            total += size
            print(f"{name}: {len(rows):,} rows, {size:,} bytes")
        for what, value in facts.items():
            print(f"    {what}: {value}")
    print(f"{total:,} bytes in all")
    if total > MAX_BYTES:
        sys.exit(f"prepare.py: more than {MAX_BYTES:,} bytes")


if __name__ == "__main__":
    main()
