import { expect, test } from 'vitest'
import type { Module } from '#runtime'
import { allModules } from '../apps/server/modules.ts'

const KINDS = { personal: '读取个人信息 personal', write: '改动 write', security: '安全 security' }

/** The vocabulary as auditors read it. */
function page(modules: readonly Module[]): string {
  const parts = modules
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .filter((module) => module.auditEvents?.length)
    .map(({ title, id, auditEvents = [] }) => {
      const lines = auditEvents.map(
        (event) => `| \`${event.id}\` | ${event.title.zh} | ${event.title.en} | ${KINDS[event.kind]} |`,
      )
      return [
        `## ${title.zh} · ${title.en} (\`${id}\`)`,
        '',
        '| Event | 中文 | English | Kind |',
        '| --- | --- | --- | --- |',
        ...lines,
      ].join('\n')
    })
  const head = `# 审计事件 · Audit events

Every write and every read of personal data leaves one of these in the log, in the transaction that does it. How the log
shows tampering: [decision 0003](decisions/0004-audit-log.md). Made from the declarations of the modules by
\`npm run docs:audit\`; the test run compares.`
  return `${[head, ...parts].join('\n\n')}\n`
}

test('docs/audit-events.md is the vocabulary that the modules declare; `npm run docs:audit` writes it anew', async () => {
  await expect(page(allModules)).toMatchFileSnapshot('../docs/audit-events.md')
})
