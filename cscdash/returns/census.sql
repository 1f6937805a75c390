-- The children in need census as at $a: referrals and what followed them, and who is counted.

-- As with the SSDA903: the newest census wins, and what is open in an older one and absent from
-- the next is not open after that census's day.
create or replace temp table referrals as
select child, referred, nfa, nth, born, made,
       case when closed <= $a then closed
            when closed is null and made < (select max(made) from raw_referrals)
                 and made + 1 <= $a then made + 1 end as closed,
       case when closed <= $a then reason else '' end as reason,
       case when met <= $a then met end as met
from (select * from raw_referrals t qualify row_number() over
        (partition by child, referred, nfa, nth order by made desc, t) = 1)
where referred <= $a;

create or replace temp table assessments as
select distinct child, referred, nth, started, factor <> '' and factor <> '21' as factors,
       case when authorised <= $a then authorised end as done
from (select * from raw_assessments t qualify row_number() over
        (partition by child, referred, nfa, nth, started order by made desc, t) = 1)
where started <= $a and referred <= $a;

create or replace temp table enquiries as
select child, referred, nth, started, case when met <= $a then met end as met
from (select * from raw_enquiries t qualify row_number() over
        (partition by child, referred, nfa, nth, started order by made desc, t) = 1)
where started <= $a and referred <= $a;

create or replace temp table plans as
select child, started, max(before) as before, bool_or(lapsed) as lapsed,
       max(closed_by) as closed_by,
       case when bool_or(ended is null) then null else max(ended) end as ended
from (
    select p.child, p.started, p.before,
           p.ended is null and p.made < (select max(made) from raw_referrals) as lapsed,
           case when r.reason in ('RC1', 'RC2', 'RC4', 'RC5') and r.closed <= p.ended + 7
                then 1 else 0 end as closed_by,
           case when p.ended <= $a then p.ended
                when p.ended is null and p.made < (select max(made) from raw_referrals)
                     and p.made + 1 <= $a then p.made + 1 end as ended
    from (select * from raw_plans t qualify row_number() over
            (partition by child, started order by made desc, t) = 1) p
    left join referrals r using (child, referred, nfa, nth)
    where p.started <= $a and p.referred <= $a
) group by child, started;

create or replace temp table referred as
select r.*, exists (select 1 from referrals e where e.child = r.child and e.referred < r.referred
                    and e.referred >= r.referred - interval 12 month) as again
from referrals r where referred between $first and $a;

create or replace temp table assessed as
select *, working(started, done) as days from assessments where done between $first and $a;

create or replace temp table enquired as
select * from enquiries where started between $first and $a;

-- A conference once, with the latest enquiry before it; one without an enquiry is not timed.
create or replace temp table conferences as
select child, met, working(max(started), met) as days from (
    select child, met, case when started <= met then started end as started
    from enquiries where met between $first and $a
    union all
    select child, met, null from referrals where met between $first and $a
) group by child, met;

create or replace temp table in_need as
select * from referrals where closed is null and not nfa;

create or replace temp table on_plan as
select *, $a - started as days from plans where ended is null;

-- Plans of three months or more, and whether a review was overdue at any time up to the day: the
-- first is due three months after the start, each next six months after the one before.
create or replace temp table reviewed as
with held as (
    select child, started, started as day, true as first from on_plan where started <= $three
    union all
    select distinct p.child, p.started, r.reviewed, false
    from on_plan p join raw_reviews r using (child, started)
    where p.started <= $three and r.reviewed between p.started and $a
), timed as (
    select child, started, first, day,
           coalesce(lead(day) over (partition by child, started order by day, not first), $a)
               as next
    from held
)
select child, started,
       bool_and(next <= day + case when first then interval 3 month else interval 6 month end)
           as on_time
from timed group by child, started;

create or replace temp table plans_started as
select * from plans where started between $first and $a;

create or replace temp table plans_ended as
select *, ended - started as days from plans where not lapsed and ended between $first and $a;

-- Of the children looked after since the first day that two-year outcomes look at: whether the
-- census has the same child, by identifier and date of birth.
create or replace temp table in_both as
select s.child, b.child is not null and (b.born is null or p.dob is null or b.born = p.dob) as same
from (select distinct child from spells where fin is null or fin > $m36) s
left join people p using (child)
left join (select child, max(born) as born from referrals group by child) b using (child);

-- Plans stepped down two to three years ago, and whether neither plan nor care followed.
create or replace temp table stepped_down as
with stepped as (
    select p.child, p.started, p.ended, (p.ended + interval 24 month)::date as until
    from plans p left join (select child, max(born) as born from referrals group by child) b
        using (child)
    where p.ended > $m36 and p.ended <= $m24 and p.closed_by = 0 and not p.lapsed
        and coalesce(years_old(b.born, (p.ended + interval 24 month)::date), 0) < 18
        and not exists (select 1 from spells s where s.child = p.child
                        and s.start <= p.ended + 7 and (s.fin is null or s.fin > p.ended)))
select t.child,
       not exists (select 1 from plans q where q.child = t.child and q.started >= t.ended
                   and q.started > t.started and q.started <= t.until)
       and not exists (select 1 from spells s where s.child = t.child
                       and s.start > t.ended + 7 and s.start <= t.until) as held
from stepped t;
