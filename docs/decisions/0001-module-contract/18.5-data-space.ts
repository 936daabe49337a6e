import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { dataset, field } from '#platform/registry'
import { defineModule, words } from '#runtime'

const offer = dataset({
  id: 'data-space.offer',
  title: words('数据产品', 'Data product'),
  about: words('目录里的产品及其使用条款（ODRL）', 'A product of the catalogue with its terms of use (ODRL)'),
  source: 'city.data',
  schema: Type.Object({
    id: field.text(words('标识', 'Identifier')),
    title: field.text(words('名称', 'Title')),
    provider: field.uscc(words('提供方', 'Provider')),
    policy: field.json(
      words('使用条款', 'Policy'),
      Type.Object({ '@type': Type.Literal('odrl:Offer') }, { additionalProperties: true }),
    ),
  }),
  key: ['id'],
  level: 'public',
  sharing: 'unconditional',
  opening: 'open',
  retention: { years: 10 },
})

const parties = Type.Object({
  offer: field.reference(words('产品', 'Product'), 'data-space.offer'),
  provider: field.text(words('提供方账号', 'Account of the provider')),
  consumer: field.text(words('使用方账号', 'Account of the consumer')),
})

/** The states of the Dataspace Protocol are the places; its messages are the actions. */
const negotiation = loop({
  id: 'data-space.negotiation',
  version: 1,
  title: words('合约协商', 'Contract negotiation'),
  headline: words('{offer}', '{offer}'),
  data: parties,
  start: 'requested',
  places: {
    requested: {
      title: words('已请求', 'REQUESTED'),
      kind: 'open',
      assign: { accountIn: 'provider' },
      clock: { limit: '10wd' },
    },
    offered: { title: words('已报价', 'OFFERED'), kind: 'open', assign: { accountIn: 'consumer' } },
    accepted: { title: words('已接受', 'ACCEPTED'), kind: 'open', assign: { accountIn: 'provider' } },
    agreed: { title: words('已达成', 'AGREED'), kind: 'open', assign: { accountIn: 'consumer' } },
    verified: { title: words('已验证', 'VERIFIED'), kind: 'open', assign: { accountIn: 'provider' } },
    finalized: { title: words('已生效', 'FINALIZED'), kind: 'end', outcome: 'done' },
    terminated: { title: words('已终止', 'TERMINATED'), kind: 'end', outcome: 'withdrawn' },
  },
  actions: {
    offer: {
      title: words('还价', 'Counter-offer'),
      from: ['requested'],
      to: 'offered',
      form: Type.Object({
        policy: field.json(words('条款', 'Policy'), Type.Object({}, { additionalProperties: true })),
      }),
    },
    request: { title: words('再请求', 'Request again'), from: ['offered'], to: 'requested' },
    accept: { title: words('接受', 'Accept'), from: ['offered'], to: 'accepted' },
    agree: {
      title: words('同意', 'Agree'),
      from: ['requested', 'accepted'],
      to: 'agreed',
      effects: ['data-space.sign-agreement'],
    },
    verify: {
      title: words('验证', 'Verify'),
      from: ['agreed'],
      to: 'verified',
      effects: ['data-space.verify-agreement'],
    },
    finalize: { title: words('生效', 'Finalise'), from: ['verified'], to: 'finalized' },
    terminate: {
      title: words('终止', 'Terminate'),
      from: '*',
      to: 'terminated',
      who: [{ accountIn: 'provider' }, { accountIn: 'consumer' }],
      look: 'danger',
    },
  },
})

/** 18.5 Trusted data space against the contracts; connectors speak the protocol in its server part. */
export const dataSpace = defineModule({
  id: 'data-space',
  plan: '18.5',
  title: words('可信数据空间', 'Trusted data space'),
  about: words('身份、目录、合约、使用控制、存证', 'Identity, catalogue, contracts, use control and evidence'),
  needs: ['registry', 'loops'],
  folder: import.meta.dirname,
  auditEvents: [{ id: 'data-space.agreement.signed', title: words('合约签署', 'Agreement signed'), kind: 'write' }],
  datasets: [offer],
  loops: [negotiation],
})
