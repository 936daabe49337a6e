import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { dataset, field } from '#platform/registry'
import { defineModule, type Words, words } from '#runtime'

/** A service item as this system declares it: the guide, form, checks and process of a matter come from it. */
interface ServiceItem {
  readonly id: string
  readonly title: Words
  readonly loop: string
  readonly materials: readonly { readonly title: Words; readonly heldAs?: string }[]
}

// A system may offer its own list to others, exactly as a capability does.
declare module '../../../platform/runtime/module.ts' {
  interface Declarations {
    readonly serviceItems?: readonly ServiceItem[]
  }
}

const licence = dataset({
  id: 'services.licence-held',
  title: words('已持有的证照', 'Licences held'),
  about: words('有了就不再要求提交', 'What is held already is never asked again'),
  source: 'city.approval',
  schema: Type.Object({
    number: field.text(words('证照编号', 'Number')),
    holder: field.identity(words('持有人', 'Holder')),
    kind: field.codeOf(words('证照类型', 'Kind'), 'licence-kinds'),
    validTo: Type.Optional(field.date(words('有效期至', 'Valid to'))),
  }),
  key: ['number'],
  level: 'sensitive',
  sharing: 'conditional',
  opening: 'closed',
  retention: 'permanent',
})

const application = loop({
  id: 'services.licence-case',
  version: 1,
  title: words('许可申请', 'Application for a licence'),
  headline: words('{item}：{applicantName}', '{item}: {applicantName}'),
  data: Type.Object({
    item: field.text(words('事项', 'Item')),
    applicant: field.text(words('申请人账号', 'Account of the applicant')),
    applicantName: field.text(words('申请人', 'Applicant'), { personal: true, mask: 'name' }),
    division: field.division(words('区域', 'Area')),
  }),
  division: 'division',
  start: 'submitted',
  clock: { limit: '20wd', basis: words('行政许可法第四十二条', 'Administrative Licensing Law art. 42') },
  places: {
    submitted: {
      title: words('待受理', 'To be accepted'),
      kind: 'open',
      assign: { right: 'services.accept', of: 'division' },
      clock: {
        limit: '5wd',
        basis: words('行政许可法第三十二条：逾期不告知即为受理', 'Licensing Law art. 32: silence counts as acceptance'),
        atLimit: [{ act: 'deemAccepted' }],
      },
    },
    correcting: {
      title: words('待补正', 'Waiting for missing material'),
      kind: 'waiting',
      assign: { accountIn: 'applicant' },
    },
    deciding: {
      title: words('审查决定', 'Decision'),
      kind: 'open',
      assign: { right: 'services.decide', of: 'division' },
    },
    granted: { title: words('准予许可', 'Granted'), kind: 'end', outcome: 'done' },
    refused: { title: words('不予许可', 'Refused'), kind: 'end', outcome: 'refused' },
  },
  actions: {
    accept: { title: words('受理', 'Accept'), from: ['submitted'], to: 'deciding', look: 'primary' },
    deemAccepted: {
      title: words('视为受理', 'Deemed accepted'),
      from: ['submitted'],
      to: 'deciding',
      automatic: 'clock',
    },
    askOnce: {
      title: words('一次性告知补正', 'Ask once for what is missing'),
      from: ['submitted'],
      to: 'correcting',
      clock: { pause: true },
      form: Type.Object({ missing: field.longText(words('需补正的全部内容', 'Everything that is missing')) }),
    },
    correct: {
      title: words('提交补正', 'Hand it in'),
      from: ['correcting'],
      to: 'submitted',
      who: { accountIn: 'applicant' },
      clock: { resume: true },
      evidence: 1,
    },
    extend: {
      title: words('延长期限', 'Extend'),
      from: ['deciding'],
      who: { right: 'services.head', of: 'division' },
      clock: { extend: '10wd' },
      form: Type.Object({ reason: field.longText(words('理由', 'Reason')) }),
    },
    grant: {
      title: words('准予', 'Grant'),
      from: ['deciding'],
      to: 'granted',
      effects: ['services.issue-licence'],
      notBy: ['accept'],
    },
    refuse: {
      title: words('不予', 'Refuse'),
      from: ['deciding'],
      to: 'refused',
      look: 'danger',
      form: Type.Object({ reason: field.longText(words('理由和救济途径', 'Reason and remedies')) }),
    },
  },
  evaluation: Type.Object({ stars: field.integer(words('满意度', 'Stars'), { min: 1, max: 5 }) }),
})

/** 5.1 Service platform against the contracts; `claims` makes `serviceItems` a list of its own. */
export const services = defineModule({
  id: 'services',
  plan: '5.1',
  title: words('政务服务', 'Service platform'),
  about: words('事项生成指南、表单、校验和流程', 'Items from which guide, form, checks and process come'),
  needs: ['registry', 'loops'],
  folder: import.meta.dirname,
  claims: [{ list: 'serviceItems' }],
  rights: [
    { id: 'services.accept', title: words('受理', 'Accept applications') },
    { id: 'services.decide', title: words('决定', 'Decide') },
    { id: 'services.head', title: words('延期审批', 'Grant extensions') },
  ],
  datasets: [licence],
  loops: [application],
  serviceItems: [
    {
      id: 'food-operation',
      title: words('食品经营许可', 'Licence to deal in food'),
      loop: 'services.licence-case',
      materials: [{ title: words('营业执照', 'Business licence'), heldAs: 'business-licence' }],
    },
  ],
})
