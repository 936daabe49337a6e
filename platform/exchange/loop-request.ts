import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { field } from '#platform/registry'
import { words } from '#runtime'

const closed = { additionalProperties: false } as const
const names = (zh: string, en: string, options: { readonly internal?: true } = {}) =>
  field.json(words(zh, en), Type.Array(Type.String(), { maxItems: 200 }), options)
const internal = { internal: true } as const
const reason = field.longText(words('理由', 'Reason'), { min: 1, max: 2000 })
const until = field.date(words('授权至', 'Granted until'))
const quota = field.integer(words('每日调用上限', 'Calls a day'), { min: 1, max: 50_000_000 })
const basis = words('政务数据共享条例，期限待核对', 'Government Data Sharing Regulation, terms to be checked')

/** What the owner may take away, named as the page names it; what is left empty stays as it was applied for. */
const taken = (zh: string, en: string) =>
  Type.Optional(
    field.text(
      words(`${zh}（写名称，用、隔开；不填则按申请）`, `${en} (titles, divided by commas; none if left empty)`),
      {
        max: 1000,
      },
    ),
  )
const decision = Type.Object(
  {
    withoutFields: taken('不提供的字段', 'Fields not given'),
    maskedFields: taken('须脱敏的字段', 'Fields to be masked'),
    withoutWays: taken('不同意的方式', 'Ways not given'),
    until: Type.Optional(until),
    quota: Type.Optional(quota),
    answer: Type.Optional(field.longText(words('答复意见', 'Answer'), { max: 2000 })),
  },
  closed,
)
const OWNER = { hook: 'exchange.owner' } as const
const BUREAU = { right: 'exchange.arbitrate' } as const
const GRANTED = { choose: 'exchange.delivered', among: ['granted', 'delivering'] } as const
const grant = {
  form: decision,
  guards: ['exchange.narrows'],
  effects: ['exchange.grant'],
  to: GRANTED,
  look: 'primary',
} as const
const refusal = { form: Type.Object({ reason }, closed), effects: ['exchange.note-reason'], look: 'danger' } as const
const inForce = ['delivering', 'granted', 'renewing'] as const

/** Data applied for, decided by their owner in the statutory time, granted, used, renewed and ended. */
export const requestLoop = loop({
  id: 'exchange.request',
  version: 1,
  title: words('数据共享申请', 'Application for data'),
  about: words(
    '部门申请、提供单位限时决定、争议由大数据局裁决、授权、续期、收回、到期',
    'Applied for, decided by the owner in time, disputes arbitrated by the data bureau, granted, renewed, withdrawn, expired',
  ),
  data: Type.Object(
    {
      dataset: field.text(words('数据集', 'Dataset'), internal),
      title: field.text(words('数据名称', 'Name of the data'), internal),
      titleEn: field.text(words('数据英文名称', 'English name of the data'), internal),
      /** Fields, rows and ways in words, for who decides. */
      asked: field.json(words('申请内容', 'What is asked for'), Type.Object({ zh: Type.String(), en: Type.String() })),
      owner: field.organisation(words('提供单位', 'Owner')),
      consumer: field.organisation(words('申请单位', 'Applicant')),
      fields: names('字段', 'Fields', internal),
      whole: names('不脱敏的字段', 'Fields shown whole', internal),
      rows: field.json(words('数据范围', 'Condition on rows'), Type.Record(Type.String(), Type.Unknown()), internal),
      purpose: field.longText(words('用途', 'Purpose'), { min: 1, max: 1000 }),
      basis: field.longText(words('法定依据', 'Legal basis'), { min: 1, max: 1000 }),
      ways: names('使用方式', 'Ways', internal),
      until,
      quota,
      returnFlow: field.boolean(words('向县区回流', 'Return flow to a county')),
      decideWithin: field.text(words('答复期限', 'Term to answer'), internal),
      deliverWithin: field.text(words('提供期限', 'Term to deliver'), internal),
      objectWithin: field.text(words('提出争议期限', 'Term to object'), internal),
      arbitrateWithin: field.text(words('裁决期限', 'Term to arbitrate'), internal),
      grant: Type.Optional(field.text(words('授权编号', 'Number of the grant'))),
      wished: Type.Optional(field.date(words('申请续期至', 'Renewal wished until'))),
      answer: Type.Optional(field.longText(words('答复意见', 'Answer'), { max: 2000 })),
    },
    closed,
  ),
  headline: words('数据共享申请：{title}', 'Data applied for: {titleEn}'),
  readers: [
    { right: 'exchange.read', of: { field: 'owner' } },
    { right: 'exchange.read', of: { field: 'consumer' } },
  ],
  start: { choose: 'exchange.start', among: ['considering', 'granted'] },
  places: {
    considering: {
      title: words('提供单位审核', 'With the owner'),
      kind: 'open',
      assign: OWNER,
      clock: { limit: { field: 'decideWithin' }, basis, warnBefore: '2wd', atLimit: [{ urge: { holder: true } }] },
    },
    supplementing: { title: words('补充说明', 'To be supplemented'), kind: 'open', assign: { opener: true } },
    delivering: {
      title: words('等待提供数据', 'Data to be delivered'),
      kind: 'open',
      assign: OWNER,
      clock: { limit: { field: 'deliverWithin' }, basis, atLimit: [{ urge: { holder: true } }] },
    },
    granted: {
      title: words('授权有效', 'Granted'),
      kind: 'waiting',
      clock: { limit: { field: 'until' }, rollover: false, atLimit: [{ act: 'expire' }] },
    },
    renewing: {
      title: words('续期审核', 'Renewal with the owner'),
      kind: 'open',
      assign: OWNER,
      clock: { limit: { field: 'decideWithin' }, basis },
    },
    declined: {
      title: words('不予共享，可提出争议', 'Refused; may be disputed'),
      kind: 'waiting',
      clock: { limit: { field: 'objectWithin' }, basis, atLimit: [{ act: 'settle' }] },
    },
    arbitrating: {
      title: words('大数据局裁决', 'With the data bureau'),
      kind: 'open',
      assign: BUREAU,
      clock: { limit: { field: 'arbitrateWithin' }, basis },
    },
    refused: { title: words('不予共享', 'Refused'), kind: 'end', outcome: 'refused' },
    'given-up': { title: words('申请撤回', 'Given up'), kind: 'end', outcome: 'withdrawn' },
    withdrawn: { title: words('授权收回', 'Grant withdrawn'), kind: 'end', outcome: 'withdrawn' },
    expired: { title: words('授权到期', 'Grant expired'), kind: 'end', outcome: 'done' },
  },
  actions: {
    grant: { title: words('同意共享', 'Grant'), from: ['considering'], ...grant },
    refuse: { title: words('不予共享', 'Refuse'), from: ['considering'], to: 'declined', ...refusal },
    'ask-more': {
      title: words('请补充说明', 'Ask for more'),
      from: ['considering'],
      to: 'supplementing',
      times: 1,
      form: Type.Object({ reason }, closed),
    },
    supplement: {
      title: words('提交补充', 'Supplement'),
      from: ['supplementing'],
      to: 'considering',
      look: 'primary',
      form: Type.Object(
        {
          purpose: field.longText(words('用途', 'Purpose'), { min: 1, max: 1000 }),
          basis: field.longText(words('法定依据', 'Legal basis'), { min: 1, max: 1000 }),
        },
        closed,
      ),
    },
    'give-up': {
      title: words('撤回申请', 'Give up'),
      from: ['considering', 'supplementing', 'declined', 'arbitrating'],
      to: 'given-up',
      who: { opener: true },
    },
    deliver: { title: words('数据已提供', 'Delivered'), from: ['delivering'], to: 'granted', look: 'primary' },
    dispute: {
      title: words('提出争议', 'Dispute'),
      from: ['declined'],
      to: 'arbitrating',
      who: { opener: true },
      times: 1,
      form: Type.Object({ ground: field.longText(words('争议理由', 'Ground'), { min: 1, max: 2000 }) }, closed),
      look: 'primary',
    },
    settle: {
      title: words('期满无争议', 'Not disputed in time'),
      from: ['declined'],
      to: 'refused',
      automatic: 'clock',
    },
    overrule: {
      title: words('裁决应当共享', 'Rule that it is shared'),
      from: ['arbitrating'],
      notBy: ['refuse', 'dispute'],
      ...grant,
    },
    uphold: {
      title: words('维持不予共享', 'Uphold the refusal'),
      from: ['arbitrating'],
      to: 'refused',
      notBy: ['refuse', 'dispute'],
      ...refusal,
    },
    renew: {
      title: words('申请续期', 'Ask for renewal'),
      from: ['granted'],
      to: 'renewing',
      who: { opener: true },
      form: Type.Object({ wished: field.date(words('申请续期至', 'Renewal wished until')), reason }, closed),
      guards: ['exchange.later'],
    },
    'grant-renewal': {
      title: words('同意续期', 'Renew'),
      from: ['renewing'],
      to: 'granted',
      notBy: ['renew'],
      effects: ['exchange.renew'],
      look: 'primary',
    },
    'refuse-renewal': {
      title: words('不同意续期', 'Do not renew'),
      from: ['renewing'],
      to: 'granted',
      notBy: ['renew'],
      form: Type.Object({ reason }, closed),
    },
    withdraw: {
      title: words('收回授权', 'Withdraw the grant'),
      from: inForce,
      to: 'withdrawn',
      who: [OWNER, BUREAU],
      form: Type.Object({ reason }, closed),
      effects: ['exchange.withdraw'],
      look: 'danger',
    },
    'hand-back': {
      title: words('不再需要', 'No longer needed'),
      from: inForce,
      to: 'withdrawn',
      who: { opener: true },
      effects: ['exchange.withdraw'],
    },
    expire: {
      title: words('授权到期', 'Expires'),
      from: ['granted'],
      to: 'expired',
      automatic: 'clock',
      effects: ['exchange.expire'],
    },
  },
  without: ['loops.return'],
})
