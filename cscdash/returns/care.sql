-- The SSDA903 as at $a: episodes, periods of care ("spells"), placements, and who is counted.

-- The newest return wins for each child and start of an episode. One that is open in an older
-- return and absent from the next is not open after that return's day, and nobody left by it.
create or replace temp table seen as
with newest as (
    select * from raw_episodes t
    qualify row_number() over (partition by child, decom order by made desc, t) = 1
), settled as (
    select * replace (
        case when dec is null and made < (select max(made) from raw_episodes)
             then made + 1 else dec end as dec,
        case when dec is null and made < (select max(made) from raw_episodes)
             then 'LAPSED' when dec is null then '' else rec end as rec)
    from newest
)
select child, decom, rne, ls, cin as need, place, place_provider as provider, pl_post as post, urn,
       case when dec <= $a then dec end as dec, case when dec <= $a then rec end as rec
from settled where decom <= $a;

create or replace temp table episodes as
with followed as (
    select *, row_number() over (partition by child order by decom) = 1 as first_seen,
           coalesce(dec, lead(decom) over (partition by child order by decom)) as fin
    from seen
), looked_after as (
    select * from followed where ls not in ('V3', 'V4')
), marked as (
    select *, lag(fin) over w as before, lag(rec) over w as before_rec, lag(child) over w as same
    from looked_after window w as (partition by child order by decom)
)
select *, sum(case when same is null or rne = 'S' or decom > before
                     or (before_rec is not null and before_rec not in ('', 'X1')) then 1 else 0 end)
          over (partition by child order by decom) as spell
from marked;

create or replace temp table people as
select child, any_value(dob) as dob, any_value(sex) as sex, any_value(ethnic) as ethnic from (
    select * from raw_headers qualify row_number() over
        (partition by child order by made desc, dob) = 1) group by child;

create or replace temp table alone as
select child, duc from raw_uasc
qualify row_number() over (partition by child order by made desc, duc) = 1;

create or replace temp table spells as
select child, spell, min(decom) as start,
       case when max(case when fin is null then 1 else 0 end) = 0 then max(fin) end as fin,
       last(coalesce(rec, '') order by decom) as rec,
       last(ls order by decom) as ls, last(need order by decom) as need,
       first(rne order by decom) as rne, first(first_seen order by decom) as first_seen
from episodes group by child, spell;

create or replace temp table placements as
with real as (
    select *, lag(place) over w as p0, lag(post) over w as c0, lag(urn) over w as u0,
           row_number() over w as nth
    from episodes where place not in ('T0', 'T1', 'T2', 'T3', 'T4')
    window w as (partition by child, spell order by decom)
), moved as (
    select *, sum(case when nth = 1 then 1
                       when rne in ('L', 'T', 'U') or place in ('A3', 'A5') then 0
                       when place = p0 and post is not distinct from c0
                            and urn is not distinct from u0
                            and (post is not null or urn is not null) then 0
                       else 1 end)
              over (partition by child, spell order by decom) as placement
    from real
)
select child, spell, placement, min(decom) as start,
       case when bool_or(fin is null) then null else max(fin) end as fin,
       last(place order by decom) as place, last(provider order by decom) as provider,
       lag(min(decom)) over (partition by child, spell order by placement) as start_before
from moved group by child, spell, placement;

-- Looked after on the day, one row for each child: with the placement, and how many there were.
create or replace temp table here as
with today as (
    select s.child, s.spell, s.start, s.ls, s.need, years_old(p.dob, $a) as age, p.sex, p.ethnic,
           u.child is not null and (u.duc is null or u.duc > $a) as alone
    from spells s left join people p using (child) left join alone u using (child)
    where s.fin is null and coalesce(years_old(p.dob, $a), 0) < 18
    qualify row_number() over (partition by s.child order by s.spell desc) = 1
), counted as (
    select child,
           count(*) filter (where fin is null or (fin >= $first and fin > start)) as in_year,
           count(*) filter (where fin is null or (fin >= $first_of_two and fin > start)) as in_two
    from placements group by child
)
select t.*, p.place, p.provider, p.start as placed, p.start_before,
       coalesce(c.in_year, 0) as in_year, coalesce(c.in_two, 0) as in_two
from today t left join (
    select * from placements
    qualify row_number() over (partition by child, spell order by placement desc) = 1
) p using (child, spell) left join counted c using (child);

-- The first start of a child in the year, and the last end.
create or replace temp table starts as
select s.child, s.start, s.ls, s.need, years_old(p.dob, s.start) as age, p.sex, p.ethnic,
       u.child is not null and (u.duc is null or u.duc > s.start) as alone
from spells s left join people p using (child) left join alone u using (child)
where s.start between $first and $a and not (s.first_seen and s.rne <> 'S')
qualify row_number() over (partition by s.child order by s.start) = 1;

create or replace temp table ceased as
select s.child, s.fin, s.rec, years_old(p.dob, s.fin) as age, p.sex, p.ethnic,
       u.child is not null and (u.duc is null or u.duc > s.fin) as alone
from spells s left join people p using (child) left join alone u using (child)
where s.fin between $first and $a and s.rec not in ('', 'X1', 'LAPSED')
qualify row_number() over (partition by s.child order by s.fin desc) = 1;

-- Looked after at any time in the year, and whether missing or away then.
create or replace temp table in_year as
select s.child, coalesce(bool_or(m.missing = 'M'), false) as missing,
       coalesce(bool_or(m.missing = 'A'), false) as away
from spells s left join raw_missing m on m.child = s.child
    and m.mis_start <= $a and (m.mis_end is null or m.mis_end >= $first)
where s.start <= $a and (s.fin is null or s.fin >= $first)
group by s.child;

create or replace temp table health as
select h.age, h.sex, case when try_cast(r.sdq_score as integer) between 0 and 40
                          then try_cast(r.sdq_score as integer) end as score,
       r.* exclude (sdq_score)
from raw_health r join here h using (child)
where r.made = $a and h.start <= $year
qualify row_number() over (partition by r.child order by r) = 1;

create or replace temp table leavers as
select l.child, l.in_touch, l.activ, l.accom, years_old(coalesce(l.dob, p.dob), $a) as age
from raw_leavers l left join people p using (child)
left join (select child, last(rec order by start) as rec from spells group by child) s using (child)
where l.made = $a and l.in_touch not in ('DIED', 'RHOM') and coalesce(s.rec, '') <> 'E3'
qualify row_number() over (partition by l.child order by l) = 1;

-- Went home, planned or not, and whether a further period of care began within that time.
create or replace temp table went_home as
select s.child, s.fin,
       years_old(p.dob, (s.fin + interval 12 month)::date) as age_12,
       years_old(p.dob, (s.fin + interval 24 month)::date) as age_24,
       not exists (select 1 from spells again where again.child = s.child and again.spell > s.spell
                   and again.start <= s.fin + interval 12 month) as held_12,
       not exists (select 1 from spells again where again.child = s.child and again.spell > s.spell
                   and again.start <= s.fin + interval 24 month) as held_24
from spells s left join people p using (child)
where s.rec in ('E4A', 'E4B');
