import { auditSink, defineModule, words } from '#runtime'

/** Takes audit records where a test runs without the audit capability; used by `testApp` only then. */
export const plainAudit = defineModule({
  id: 'audit',
  title: words('审计', 'Audit'),
  about: words('只用于测试', 'For tests only'),
  needs: [],
  folder: import.meta.dirname,
  server: async () => ({
    server: (app) => {
      app.provide(auditSink, { write: async () => undefined })
      return {}
    },
  }),
})
