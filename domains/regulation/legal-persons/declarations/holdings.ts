/** Shares that the firm `parent` has of the firm `child`; it is found by its name, which only one registered firm may have. */
export const HELD = `select n.code as parent, s.code as child, s.holder_number_index as holder, s.percent, s.since
     from base_shareholding s
     join (select name, min(code) as code from base_firm
       where name in (select holder from base_shareholding where holder_kind = '企业法人')
       group by name having count(*) = 1) n on n.name = s.holder
     where s.holder_kind = '企业法人' and n.code <> s.code`

/**
 * What people hold of firms, reckoned as the file of a firm does: shares along a chain multiply, chains add up, and none
 * comes back to a firm that it has passed. A `chain` has at most three shares, those that `holders` have of `firms`, from
 * the firm upwards; `direct` is its percent if it is one share, else nothing. A `person` has the sums.
 * @param shares table of those to follow; `edge` is what firms hold
 */
export const holdings = (shares = 'base_shareholding'): string => `climb as (
     select child as code, parent as top, array[child] as firms, array[holder] as holders, percent, since from edge
     union all
     select a.child, b.parent, array[a.child, a.parent], array[a.holder, b.holder], a.percent * b.percent / 100,
       greatest(a.since, b.since)
     from edge a join edge b on b.child = a.parent where b.parent <> a.child),
   chain as (
     select code, holder_number_index as person, array[code] as firms, array[holder_number_index] as holders, percent,
       percent as direct, since
     from ${shares} where holder_kind = '自然人'
     union all
     select c.code, s.holder_number_index, c.firms || array[s.code], c.holders || array[s.holder_number_index],
       c.percent * s.percent / 100, 0, greatest(c.since, s.since)
     from climb c join ${shares} s on s.code = c.top where s.holder_kind = '自然人'),
   person as (select code, person, sum(percent) as percent, sum(direct) as direct, max(since) as since
     from chain group by code, person)`

/**
 * Evidence: every share along the chains of those people whom `whose` picks by their `percent` and `direct`, who holds most
 * first, and of each chain from the firm upwards.
 */
export const chainsOf = (whose = 'true'): string => `with held as (${HELD}),
   near as (select $1 as code union select parent from held where child = $1
     union select b.parent from held a join held b on b.child = a.parent where a.child = $1),
   edge as (select * from held where child = any (array(select code from near))),
   share as (select * from base_shareholding where code = any (array(select code from near))),
   ${holdings('share')}
  select cast(p.percent as numeric(9, 2)) as person_percent, cast(c.percent as numeric(9, 2)) as chain_percent, n.step,
    s.code, s.firm_name, s.holder, s.percent, s.since
  from (select * from person where code = $1 and ${whose}) p join chain c on c.code = p.code and c.person = p.person
  join (values (1), (2), (3)) as n (step) on true
  join share s on s.code = c.firms[n.step] and s.holder_number_index = c.holders[n.step]
  order by p.percent desc, p.person, c.percent desc, c.firms, c.holders, n.step`
