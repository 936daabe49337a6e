import { defineModule, words } from '#runtime'
import { requestLoop } from './loop-request.ts'
import { auditEvents, rights, roles } from './rights.ts'
import { clocksRule, disclosureRule, keepingRule, receiptKeepingRule } from './rules.ts'

export const exchangeModule = defineModule({
  id: 'exchange',
  title: words('数据共享', 'Exchange'),
  about: words(
    '目录、申请、授权、按授权使用、签名回执、回流和字段血缘',
    'Catalogue, applications, grants, calls under them, signed receipts, return flow and lineage by field',
  ),
  needs: ['identity', 'crypto', 'registry', 'loops', 'rules', 'analytics', 'notices'],
  folder: import.meta.dirname,
  loops: [requestLoop],
  rules: [clocksRule, disclosureRule, keepingRule, receiptKeepingRule],
  rights,
  roles,
  auditEvents,
  keyPurposes: [
    { id: 'exchange.receipt', title: words('共享回执签名', 'Signature of receipts'), use: 'sign' },
    { id: 'exchange.push', title: words('推送验证码', 'Authentication of pushes'), use: 'mac' },
  ],
  server: () => import('./server/index.ts'),
})
