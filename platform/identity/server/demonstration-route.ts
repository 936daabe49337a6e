import { sql } from 'kysely'
import { Type } from 'typebox'
import { type App, NOTHING_PERSONAL, NotFound, PUBLIC, type Route, route, words } from '#runtime'
import { DEMO_PASSWORD } from './load-demonstration.ts'
import { NameView } from './schemas.ts'

/** The accounts of the demonstration city, for the page of the sign-in; an installation of a real city has none. */
export const demonstrationRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/session/demonstration',
    title: words(
      '演示账号（仅演示环境，供登录页选用）',
      'Demonstration accounts, for the sign-in page of a demonstration only',
    ),
    right: PUBLIC,
    audit: NOTHING_PERSONAL,
    response: Type.Object({
      password: Type.String(),
      accounts: Type.Array(Type.Object({ account: Type.String(), name: Type.String(), title: NameView })),
    }),
    example: {
      password: DEMO_PASSWORD,
      accounts: [{ account: 'admin', name: '张敏', title: { zh: '系统管理员', en: 'Administrator' } }],
    },
    handler: async ({ work }) => {
      if (!app.config.demo) throw new NotFound()
      const { rows } = await sql`
        select a.account, a.name, coalesce(
          (select jsonb_build_object('zh', o.short || p.title_zh, 'en', p.title_en || ', ' || o.name_en)
            from identity.holding h join identity.post p on p.id = h.post join identity.organisation o on o.id = p.organisation
            where h.account = a.id and h.valid_to is null order by h.id limit 1),
          case a.kind when 'firm' then '{"zh": "企业", "en": "Firm"}'::jsonb
            else '{"zh": "居民", "en": "Resident"}'::jsonb end) as title
        from identity.account a where a.is_demo and a.disabled_at is null 
        order by (select min(h.id) from identity.holding h where h.account = a.id) nulls last, a.id`.execute(work.tx)
      return { password: DEMO_PASSWORD, accounts: rows }
    },
  })
