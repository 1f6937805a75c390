"""Places as people write them: worked out by hand, none wrong; those with two readings ask."""

import pytest

from cscdash.errors import CscdashError
from cscdash.framework.find import find
from cscdash.places import places
from cscdash.places.names import resolve, the_area

# code: what people write for it, separated by semicolons
WRITTEN = """
383: 383; E08000035; e08000035; Leeds; LEEDS; Leeds City Council; City of Leeds; Leeds CC; 383 Leeds
370: E08000016; E08000038; Barnsley MBC; Barnsley Metropolitan Borough Council; Barnsley Council
373: E08000019; E08000039; Sheffield City Council; Sheffield City
390: E08000020; E08000037; Gateshead Council; Gateshead MBC
929: E06000048; E06000057; Northumberland County Council
815: E10000023; E06000065; North Yorkshire; North Yorks; N Yorks; North Yorkshire County Council
825: E10000002; Bucks; Buckinghamshire County Council; Buckinghamshire Council
933: E10000027; Somerset Council
380: Bradford; City of Bradford Metropolitan District Council; Bradford MDC; City of Bradford
319: London Borough of Sutton; LB Sutton; Sutton Council; Sutton
306: LB of Croydon; London Borough of Croydon; Croydon Council
203: Royal Borough of Greenwich; Greenwich
207: Royal Borough of Kensington and Chelsea; RBKC; Kensington & Chelsea; Kensington; K&C
314: Royal Borough of Kingston upon Thames; Kingston-upon-Thames; Kingston upon Thames Council
318: London Borough of Richmond upon Thames; Richmond; London Borough of Richmond
868: Royal Borough of Windsor and Maidenhead; RBWM; Windsor & Maidenhead; Windsor
205: LBHF; Hammersmith & Fulham; Hammersmith and Fulham Council; Hammersmith
301: LBBD; Barking & Dagenham
211: Tower Hamlets; London Borough of Tower Hamlets
201: City of London; City of London Corporation
213: City of Westminster; Westminster City Council
816: City of York; City of York Council; York
810: Hull; Kingston upon Hull; Hull City Council; Kingston upon Hull, City of; City of Hull
801: Bristol; Bristol City Council; Bristol, City of; City of Bristol
800: B&NES; BANES; Bath & North East Somerset; Bath and North East Somerset Council
839: BCP; Bournemouth, Christchurch & Poole; BCP Council
882: Southend; Southend-on-Sea; Southend-on-Sea City Council; Southend on Sea Borough Council
861: Stoke; Stoke-on-Trent City Council; Stoke on Trent
808: Stockton; Stockton on Tees Borough Council
846: Brighton; Brighton & Hove; Brighton and Hove City Council
889: Blackburn; Blackburn with Darwen BC
894: Telford; Telford & Wrekin; Telford and the Wrekin
807: Redcar & Cleveland; Redcar
884: Herefordshire; Herefordshire, County of; Herefordshire Council; County of Herefordshire
840: Durham; County Durham; Durham County Council; Co. Durham
391: Newcastle; Newcastle upon Tyne; Newcastle City Council; Newcastle-upon-Tyne City Council
343: Sefton MBC
342: St Helens; St. Helens; St Helens Council
344: Wirral; The Wirral; Wirral MBC
330: Birmingham Children's Trust; Birmingham City Council
336: Wolverhampton; City of Wolverhampton Council
420: Isles of Scilly; Council of the Isles of Scilly; Scilly
921: Isle of Wight; IoW; Isle of Wight Council
811: East Riding; East Riding of Yorkshire Council
812: NE Lincs; North East Lincolnshire Council
813: N Lincs; North Lincolnshire
925: Lincs; Lincolnshire County Council
919: Herts; Hertfordshire CC
891: Notts; Nottinghamshire County Council
892: Nottingham; Nottingham City; Nottingham City Council; City of Nottingham
831: Derby; Derby City Council
830: Derbyshire; Derbyshire County Council
856: Leicester City Council; Leicester
855: Leicestershire County Council
822: Bedford; Bedford Borough Council; Bedford Borough
823: Central Beds; Central Bedfordshire Council
896: Cheshire West; Cheshire West & Chester; CWAC
826: Milton Keynes; MK; Milton Keynes City Council
869: West Berks; West Berkshire Council
887: Medway; Medway Towns; Medway Council
908: Cornwall Council
838: Dorset; Dorset Council
835: Dorset (before 2019); Old Dorset; E10000009
909: Cumbria; Cumbria County Council; E10000006
928: Northamptonshire; Northamptonshire County Council
836: Poole; Borough of Poole
837: Bournemouth; Bournemouth Borough Council
940: North Northants; North Northamptonshire Council
941: West Northants; West Northamptonshire
943: Westmorland & Furness; Westmorland and Furness Council
942: Cumberland; Cumberland Council
E12000003: Yorkshire & Humber; Yorkshire and the Humber; Y&H; Yorks & Humber; E12000003
E12000006: East of England; Eastern
E12000007: London; Greater London
E12000008: South East; South East region
E13000001: Inner London; London (Inner)
E92000001: England; ENGLAND; E92000001
"""
CASES = [
    (text.strip(), line.partition(":")[0])
    for line in WRITTEN.strip().splitlines()
    for text in line.partition(":")[2].split(";")
    if text.strip()
]


@pytest.mark.parametrize(("text", "code"), CASES)
def test_one_area(text: str, code: str) -> None:
    assert [area.code for area in resolve(text)] == [code]


def test_there_are_more_than_150() -> None:
    assert len(CASES) >= 150


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kingston and Richmond", {"314", "318"}),
        ("Kingston & Richmond", {"314", "318"}),
        ("Kingston", {"314", "810"}),
        ("Northants", {"928", "940", "941"}),
        ("Bedfordshire", {"822", "823"}),
        ("Sussex", {"845", "938"}),
        ("Cheshire", {"895", "896"}),
        ("Derby County Council", {"831", "830"}),
        ("383 Bradford", {"383", "380"}),
    ],
)
def test_several_areas_are_asked_about(text: str, codes: set[str]) -> None:
    assert {area.code for area in resolve(text)} == codes
    with pytest.raises(CscdashError, match="write which"):
        the_area(text)


@pytest.mark.parametrize(
    "text",
    """
the|council|999|E08999999|London Borough of Leeds|Camden MBC|Total|Kent MBC|Ledes|West Yorkshire
Wales|Glasgow City Council|926;204|383 Nowhere|""".replace("\n", "|").split("|"),
)
def test_what_is_no_area(text: str) -> None:
    assert resolve(text) == ()


def test_every_official_name_with_its_kind_of_council_is_itself() -> None:
    words = {
        "county": ("{} County Council", "{} CC", "{} Council"),
        "metropolitan district": ("{} Metropolitan Borough Council", "{} MBC", "{} Council"),
        "London borough": ("London Borough of {}", "{} Council", "LB {}"),
        "unitary authority": ("{} Council", "{} UA"),
    }
    for area in places().authorities:
        for form in words[area.kind]:
            for name in {area.name, area.short}:
                assert resolve(form.format(name)) == (area,), form.format(name)


def test_search_gives_the_successors_of_an_abolished_authority() -> None:
    assert [area.code for area in find("Cumbria").places][:3] == ["909", "942", "943"]
    assert [area.code for area in find("E08000016").places] == ["370"]
    assert [area.code for area in places().before("839")] == ["837", "835", "836"]
    assert places().before("383") == ()
