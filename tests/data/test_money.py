"""What Medicare allows and what providers publish: the arithmetic, the way from a county to its amount, and the prices told apart."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from data.errors import DataError
from data.source import Raw
from data.sources import cms_fee_schedule as fees
from data.sources import cms_opps, facts_prices
from data.tables import money

RAW = Raw(Path(os.environ.get("ATLAS_RAW") or Path(__file__).resolve().parents[3] / "shared" / "raw"))
with_raw = pytest.mark.skipif(
    not (RAW.root / fees.AMOUNTS).is_file(),
    reason=f"{fees.AMOUNTS} is not in the raw folder; set ATLAS_RAW to the folder of official files",
)

ONE = Decimal(1)


# --- the formula ------------------------------------------------------------------------------------------------------


def test_the_amount_is_units_times_indices_times_factor() -> None:
    # (0.48 x 1.000 + 30.23 x 0.915 + 0.05 x 1.049) x 36.0896: Ohio 2020.
    amount = fees.allowed_amount(
        (Decimal("0.48"), Decimal("30.23"), Decimal("0.05")), (ONE, Decimal("0.915"), Decimal("1.049")), Decimal("36.0896")
    )
    assert amount == Decimal("1017.47")


def test_half_a_cent_goes_to_the_even_cent() -> None:
    # 2024: (0.70 + 35.62 + 0.08) x 33.2875 is exactly 1,211.665.
    assert Decimal("36.40") * Decimal("33.2875") == Decimal("1211.665000")
    assert fees.allowed_amount((Decimal("0.70"), Decimal("35.62"), Decimal("0.08")), (ONE, ONE, ONE), Decimal("33.2875")) == Decimal(
        "1211.66"
    )


@with_raw
def test_relative_values_and_national_amounts_to_the_cent() -> None:
    national = money.build_national(RAW, {}).set_index(["hcpcs", "year"])
    years = range(2020, 2027)
    assert national.loc["G2083", "allowed_usd"].tolist() == [1110.12, 1237.66, 1144.77, 1180.97, 1211.66, 1171.27, 1356.08]
    assert national.loc["G2083", "pe_rvu"].tolist() == [30.23, 34.72, 32.29, 34.08, 35.62, 35.44, 39.83]
    assert national.loc["G2082", "pe_rvu"].tolist() == [20.52, 24.06, 22.48, 23.77, 24.86, 24.76, 27.75]
    for code in fees.CODES:
        assert national.loc[code].index.tolist() == list(years)
        assert national.loc[code, "work_rvu"].tolist() == [0.48] + 6 * [0.70]
        assert national.loc[code, "mp_rvu"].tolist() == [0.05, 0.05, 0.09, 0.07, 0.08, 0.07, 0.07]
    assert national.loc[("G2082", 2026), "allowed_usd"] == 952.59


@with_raw
def test_every_amount_follows_from_units_indices_and_factor() -> None:
    """Within half a cent: the file rounds at different places than we do."""
    parts = fees.read_amounts(RAW).merge(fees.read_indices(RAW).drop(columns="state"), on=["year", "locality"])
    parts = parts.merge(money.build_national(RAW, {}).drop(columns="allowed_usd"), on=["year", "hcpcs"])
    units = parts["work_rvu"] * parts["gpci_work"] + parts["pe_rvu"] * parts["gpci_pe"] + parts["mp_rvu"] * parts["gpci_mp"]
    assert len(parts) == 2 * (4 * 110 + 3 * 107)
    assert (units * parts["conversion_factor"] - parts["allowed_usd"]).abs().max() < 0.0051


@with_raw
def test_ohio_2020() -> None:
    amounts = fees.read_amounts(RAW)
    ohio = amounts[(amounts["state"] == "OH") & (amounts["year"] == 2020)].set_index("hcpcs")["allowed_usd"]
    assert ohio.to_dict() == {"G2082": 696.83, "G2083": 1017.47}


@with_raw
def test_the_facility_amount_never_ships() -> None:
    """It leaves the drug out and lies at 24 to 45 USD; whoever showed it as a price would be wrong by a factor of thirty."""
    assert money.build_amounts(RAW, {})["allowed_usd"].min() > 600
    assert not [column for table in money.TABLES for column in table.schema.to_schema().columns if "facility" in column]


# --- from the county to its locality ----------------------------------------------------------------------------------

COUNTIES = pd.DataFrame(
    {
        "geoid": ["06037", "06059", "06001", "11001", "24510", "24005", "24033", "51059", "51600", "51001", "35013"],
        "state": ["CA", "CA", "CA", "DC", "MD", "MD", "MD", "VA", "VA", "VA", "NM"],
        "name": [
            "Los Angeles County",
            "Orange County",
            "Alameda County",
            "District of Columbia",
            "Baltimore city",
            "Baltimore County",
            "Prince George's County",
            "Fairfax County",
            "Fairfax city",
            "Accomack County",
            "Doña Ana County",
        ],
    }
)

TEXT = pd.DataFrame(
    [
        ("01182-18", "CA", "LOS ANGELES /ORAGNGE CNTY"),
        ("01112-75", "CA", "ALL OTHER COUNTIES"),
        ("12202-01", "DC", "DISTRICT OF COLUMBIA; FAIRFAX, FAIRFAX CITY IN VIRGINIA; PRINCE GEORGE'S IN MARYLAND"),
        ("12302-01", "MD", "BALTIMORE AND BALTIMORE CITY"),
        ("12302-99", "MD", "ALL OTHER COUNTIES EXCEPT PRINCE GEORGE'S"),
        ("11302-00", "VA", "ALL COUNTIES, EXCEPT FAIRFAX, AND FAIRFAX CITY"),
        ("04212-05", "NM", "ALL COUNTIES"),
    ],
    columns=["locality", "state", "counties"],
)


def test_each_county_gets_the_locality_that_names_it_or_the_rest_of_its_state() -> None:
    found = fees.county_localities(TEXT, COUNTIES).set_index("geoid")["locality"].to_dict()
    assert found == {
        "06037": "01182-18",
        "06059": "01182-18",
        "06001": "01112-75",
        "11001": "12202-01",
        "24033": "12202-01",
        "51059": "12202-01",
        "51600": "12202-01",
        "24005": "12302-01",
        "24510": "12302-01",
        "51001": "11302-00",
        "35013": "04212-05",
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("LOS ANGELES/ATLANTIS", "ATLANTIS in CA, which matches 0 counties"),
        ("LOS ANGELES/ALAMEDA/ORANGE/ALAMEDA", "06001 is named by two localities"),
        ("ALL COUNTIES", "Two localities claim the other counties of CA"),
    ],
)
def test_a_list_that_does_not_fit_is_refused(text: str, sentence: str) -> None:
    wrong = TEXT.copy()
    wrong.loc[0, "counties"] = text
    with pytest.raises(DataError, match=sentence):
        fees.county_localities(wrong, COUNTIES)


def test_a_state_without_a_locality_is_named() -> None:
    with pytest.raises(DataError, match="No locality takes the other counties of NM"):
        fees.county_localities(TEXT[TEXT["state"] != "NM"], COUNTIES)


LOCCO = """\
2027 LOCALITIES AND THE COUNTIES INCLUDED IN THEM,,,,
Medicare Administrative Contractor,Locality Number,State,Fee Schedule Area,Counties
1182,18,CALIFORNIA,LOS ANGELES,LOS ANGELES/ORANGE
01112,75,,REST OF STATE,ALL OTHER COUNTIES
05302,99,MISSOURI,REST OF STATE,ALL OTHER COUNTIES
09202,20,PUERTO RICO,PUERTO RICO,ALL COUNTY EQUIVALENTS
* Payment locality is serviced by two carriers.,,,,
"""


def test_the_official_list_of_counties_names_a_state_once(tmp_path: Path) -> None:
    path = tmp_path / "27LOCCO.csv"
    path.write_text(LOCCO, encoding="latin-1")
    found = fees.read_official_county_text(path, {"California": "CA", "Missouri": "MO"})
    assert found.to_dict("records") == [
        {"locality": "01182-18", "state": "CA", "counties": "LOS ANGELES/ORANGE"},
        {"locality": "01112-75", "state": "CA", "counties": "ALL OTHER COUNTIES"},
        {"locality": "05302-99", "state": "MO", "counties": "ALL OTHER COUNTIES"},
    ]
    with pytest.raises(DataError, match="line 5: MISSOURI is no state"):
        fees.read_official_county_text(path, {"California": "CA"})


@pytest.fixture(scope="module")
def counties() -> pd.DataFrame:
    frame = pd.read_csv(RAW.path("census/2025_Gaz_counties_national.txt"), sep="|", dtype="str")
    frame.columns = frame.columns.str.strip()
    frame = frame.rename(columns={"GEOID": "geoid", "NAME": "name", "USPS": "state"})
    return frame[frame["state"] != "PR"]


@with_raw
def test_all_counties_of_today_have_one_locality(counties: pd.DataFrame) -> None:
    found = money.build_county_localities(RAW, {"counties": counties}).set_index("geoid")
    assert len(found) == 3_144
    assert found["locality"].nunique() == 109 - 2, "all but Puerto Rico's and the Virgin Islands'"
    assert found["locality_until_2023"].nunique() == 112 - 2
    assert found.loc["17031", "locality"] == "06102-16", "Cook County is Chicago"
    assert found.loc["09110", "locality"] == "13102-00", "Connecticut's planning regions share the state's locality"
    assert found.loc["51059", "locality"] == found.loc["11001", "locality"] == "12202-01", "Northern Virginia goes with DC"
    moved = found[found["locality"] != found["locality_until_2023"]]["locality_until_2023"].to_dict()
    assert moved == {"06001": "01112-07", "06013": "01112-07", "06081": "01112-06", "06059": "01182-26"}


@with_raw
def test_every_county_has_an_amount_in_every_year(counties: pd.DataFrame) -> None:
    found = money.build_county_localities(RAW, {"counties": counties})
    amounts = money.build_amounts(RAW, {}).set_index(["year", "hcpcs", "locality"])["allowed_usd"]
    for year in range(2020, 2027):
        column = "locality_until_2023" if year <= 2023 else "locality"
        assert set(found[column]) == set(amounts.loc[year, "G2083"].index), f"counties and localities of {year} differ"


# --- ZIP codes --------------------------------------------------------------------------------------------------------


@with_raw
def test_cmss_half_states_are_missouri_and_kansas() -> None:
    zips = money.build_zips(RAW, {})
    assert len(zips) == 42_956 - (178 + 16 + 21 + 4 + 3 + 2 + 2 + 1), "PR, VI, GU, FM, MP, PW, MH, AS are left out"
    states = zips["state"].value_counts()
    assert states["MO"] == 858 + 342, "EM + WM"
    assert states["KS"] == 63 + 712, "EK + WK"
    assert zips["state"].nunique() == 51
    assert zips.set_index("zip").loc["60601", "locality"] == "06102-16"


def test_the_official_zip_file_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "ZIP5_JAN2027.txt"
    path.write_text("EM631010530201 rest\nWK660020520200 rest\nPR006010920220 rest\n", encoding="latin-1")
    assert fees.read_official_zips(path).to_dict("records") == [
        {"zip": "63101", "state": "MO", "locality": "05302-01"},
        {"zip": "66002", "state": "KS", "locality": "05202-00"},
    ]


def test_a_zip_file_of_another_layout_is_refused_by_line(tmp_path: Path) -> None:
    path = tmp_path / "ZIP5_JAN2027.txt"
    path.write_text("MO631010530201\n63101,MO,05302,01\n", encoding="latin-1")
    with pytest.raises(DataError, match="line 2"):
        fees.read_official_zips(path)


# --- the official files of a new year ---------------------------------------------------------------------------------

PPRRVU = """\
2027 National Physician Fee Schedule Relative Value File,,,,,,,,,,,,,,,,,,,,,,,,,
,,,,,WORK,NON-FAC,,FACILITY,,MP,NON-FACILITY,FACILITY,,,,,,,,,,,,,CONV
HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,BASE,FLAG,FACTOR
G2082,,x,A,,0.70,27.75,,0.36,,0.07,28.52,1.13,0,XXX,0,0,0,0,0,0,0,0,0,0,33.4009
G2083,,x,A,,0.70,39.83,,0.36,,0.07,40.60,1.13,0,XXX,0,0,0,0,0,0,0,0,0,0,33.4009
"""

GPCI = """\
ADDENDUM E. FINAL CY 2027 GEOGRAPHIC PRACTICE COST INDICES,,,,,,
,,,,,,
Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2027 PW GPCI (with 1.0 Floor),2027 PE GPCI,2027 MP GPCI
10112,AL,00,ALABAMA,1.000,0.869,0.575
2102,AK,1,ALASKA**,1.500,1.081,0.592
"""


def official(tmp_path: Path, pprrvu: str = PPRRVU, gpci: str = GPCI) -> Path:
    (tmp_path / "PPRRVU2027_Jan_nonQPP.csv").write_text(pprrvu, encoding="latin-1")
    (tmp_path / "GPCI2027.csv").write_text(gpci, encoding="latin-1")
    return tmp_path


def test_a_new_year_comes_from_the_official_files(tmp_path: Path) -> None:
    frame = fees.read_official_years(official(tmp_path))
    assert frame[["year", "locality"]].drop_duplicates().to_dict("records") == [
        {"year": 2027, "locality": "10112-00"},
        {"year": 2027, "locality": "02102-01"},
    ]
    alabama = (Decimal("0.70") + Decimal("39.83") * Decimal("0.869") + Decimal("0.07") * Decimal("0.575")) * Decimal("33.4009")
    found = frame.set_index(["hcpcs", "state"])["allowed_usd"]
    assert found["G2083", "AL"] == float(round(alabama, 2))
    assert frame["name"].tolist()[:2] == ["ALABAMA", "ALASKA"]


def test_moved_columns_are_noticed(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="do not add up"):
        fees.read_official_years(official(tmp_path, pprrvu=PPRRVU.replace("40.60", "39.60")))


def test_indices_of_the_same_year_must_lie_beside(tmp_path: Path) -> None:
    (official(tmp_path) / "GPCI2027.csv").rename(tmp_path / "GPCI2026.csv")
    with pytest.raises(DataError, match="exactly one GPCI2027"):
        fees.read_official_years(tmp_path)


# --- hospitals --------------------------------------------------------------------------------------------------------


@with_raw
def test_hospital_rates_without_codes_that_are_not_ours_to_show() -> None:
    rates = cms_opps.read_opps(RAW).set_index("hcpcs")
    assert rates.loc["G2082", "payment_usd"] == 1_150.50
    assert rates.loc["G2083", "payment_usd"] == 1_450.50
    assert rates.index.str.match(r"G\d{4}").all()
    assert not rates.index.str.match(r"\d{5}").any()


# --- published prices -------------------------------------------------------------------------------------------------

HEADER = (
    "clinic_name,city,state,zip,modality,indication,unit,sessions_in_package,price_usd,price_usd_high,"
    "insurance_note,financing_note,source_url,page_year_if_known\n"
)


def told_apart(tmp_path: Path, *lines: str) -> pd.DataFrame:
    path = tmp_path / "prices.csv"
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    frame, _ = facts_prices.repair_quoting(pd.read_csv(path, dtype="str"))
    return facts_prices.told_apart(frame.assign(third=False))


def test_kinds_of_price_are_told_apart(tmp_path: Path) -> None:
    frame = told_apart(
        tmp_path,
        "Calm,Baltimore,MD,,im,unspecified,per_session,,450,,none,none,https://calm.example/faq,2023",
        '"Calm (sliding scale, intern)",Baltimore,MD,,im,unspecified,per_session,,200,250,none,none,https://calm.example/faq,2023',
        "Calm (group KAP),Baltimore,MD,,sublingual,unspecified,per_session,,200,,none,none,https://calm.example/faq,2023",
        "Calm (membership),Baltimore,MD,,iv,unspecified,package,6,2750,,none,membership,https://calm.example/faq,2023",
        '"Calm (Dr. Jackson, ketamine-tn.com)",,TN,,iv,depression,per_session,,365,,none,none,https://calm.example/fees,',
    )
    assert frame["provider"].unique().tolist() == ["Calm"], "clinicians' names are dropped"
    assert frame["kind"].tolist() == ["standard", "sliding_scale", "group", "member", "standard"]
    assert frame["with_psychotherapy"].tolist() == [False, False, True, False, False]
    assert frame["modality"].tolist() == ["im", "im", "oral", "iv", "iv"]
    assert frame["price_high_usd"].tolist()[1] == 250


def test_an_unquoted_comma_in_the_address_is_repaired(tmp_path: Path) -> None:
    line = "Phos,Los Angeles,CA,,iv,unspecified,per_session,,650,,none,none,https://phos.example/pricing (site source, file id 614)"
    row = told_apart(tmp_path, line).iloc[0]
    assert row["source_url"] == "https://phos.example/pricing"
    assert pd.isna(row["page_year"])
    assert row["grade"] == "own_page_source"


def test_a_price_without_unit_or_with_an_unknown_bracket_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no unit"):
        told_apart(tmp_path, "Calm,,MD,,im,unspecified,,,450,,none,none,https://calm.example,")
    with pytest.raises(DataError, match="Tuesday rate"):
        told_apart(tmp_path, "Calm (Tuesday rate),,MD,,im,unspecified,per_session,,450,,none,none,https://calm.example,")


@with_raw
def test_ten_providers_have_an_infusion_price_with_a_median_of_500() -> None:
    """Infusions for other than pain, standard price, on a page with an address; one vote a provider."""
    prices = facts_prices.read_prices(RAW)
    assert prices.loc[prices["grade"] != "third_party", "provider"].nunique() == 24
    chosen = prices[
        (prices["modality"] == "iv")
        & (prices["unit"] == "session")
        & (prices["indication"] != "pain")
        & (prices["kind"] == "standard")
        & prices["grade"].isin(["own_page", "own_page_source"])
    ]
    votes = chosen.groupby("provider")["price_usd"].median()
    assert len(votes) == 10
    # 365, 375, 425, 440, 450 | 550, 550, 600, 675, 850
    assert votes.median() == (450 + 550) / 2 == 500


@with_raw
def test_no_state_has_five_providers_for_one_modality_and_unit() -> None:
    prices = facts_prices.read_prices(RAW)
    assert prices.groupby(["state", "modality", "unit"])["provider"].nunique().max() < 5


@with_raw
def test_what_was_left_out_is_said() -> None:
    report = facts_prices.read_prices(RAW).attrs["report"]
    assert [line.split(" left out")[0] for line in report] == ["Price of Klear", "Price of Mindbloom", "Price of Solistic Healing"]
    assert len(facts_prices.read_prices(RAW)) == 79 + 19 - 3 - 1 - 2
