import { Type } from 'typebox'
import { dataset, field } from '#platform/registry'
import { words } from '#runtime'

/** What pushing a segment hands on: shared like every dataset. */
export const segmentMembers = dataset({
  id: 'legal-persons.segment-member',
  title: words('法人人群名单', 'Members of firm segments'),
  about: words(
    '已推送的标签人群中的企业，退出的企业不在其中',
    'Firms of pushed segments; those that opted out are not in it',
  ),
  source: 'city.big-data',
  schema: Type.Object({
    segment: field.text(words('人群编号', 'Segment'), { max: 20 }),
    code: field.uscc(words('统一社会信用代码', 'Unified social credit code')),
    title: field.text(words('人群名称', 'Name of the segment'), { max: 100 }),
    purpose: field.text(words('用途', 'Purpose'), { max: 500 }),
    joinedOn: field.date(words('进入日期', 'Joined on')),
  }),
  key: ['segment', 'code'],
  level: 'sensitive',
  sharing: 'conditional',
  opening: 'closed',
  retention: { years: 5 },
  list: { columns: ['segment', 'title', 'code', 'joinedOn'], sort: ['code'] },
})
