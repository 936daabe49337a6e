import { sql } from 'kysely'
import { Type } from 'typebox'
import { type App, NOTHING_PERSONAL, NotFound, type Route, route, type Work, words } from '#runtime'
import { type Letter, pageOf } from '../letter/write-letter.ts'
import { getNode } from '../nodes.ts'
import { mustSee, unitsOf } from '../sight.ts'

interface Kept {
  readonly node: string
  readonly loop: string
  readonly content: Letter
  readonly file: string
  readonly at: Date
}

async function letterOf(work: Work, step: string): Promise<Kept> {
  const { rows } = await sql<Kept>`select s.node, s.loop, l.content, l.file, s.at
    from supervision_cloud.letter l join supervision_cloud.step s on s.id = l.step
    where l.step::text = ${step}`.execute(work.tx)
  const [row] = rows
  if (!row) throw new NotFound('no-letter', words('没有这份文书', 'There is no such letter'))
  return row
}

/** `GET /api/supervision/letters/:step`: what was written at a step of the ladder, with the page it is printed on. */
export const letterRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/supervision/letters/:step',
    title: words('督办文书', 'A letter of supervision'),
    right: 'supervision.cloud.read',
    audit: NOTHING_PERSONAL,
    params: Type.Object({ step: Type.String({ maxLength: 20 }) }),
    response: Type.Object({
      letter: Type.Object({
        form: Type.String(),
        issuer: Type.String(),
        number: Type.String(),
        title: Type.String(),
        addressee: Type.String(),
        paragraphs: Type.Array(Type.String()),
        date: Type.String(),
        answerBy: Type.String(),
        packs: Type.Array(Type.String()),
      }),
      page: Type.Unknown(),
      task: Type.String(),
      loop: Type.String(),
      file: Type.String(),
    }),
    example: {
      letter: {
        form: 'letter',
        issuer: '泰安市人民政府办公室',
        number: '督办函〔2026〕1号',
        title: '关于“建设数据中心”的督办函',
        addressee: '泰安市大数据局',
        paragraphs: ['请抓紧办理。'],
        date: '2026-03-04',
        answerBy: '2026-03-11',
        packs: ['taian-supervision-letter-2026', 'gbt9704-2012'],
      },
      page: { form: 'letter', pitch: 10.446 },
      task: 'task-1',
      loop: '12',
      file: '5a0e',
    },
    handler: async ({ params, work, actor, scope }) => {
      const { node, loop, content, file, at } = await letterOf(work, params.step)
      mustSee(await unitsOf(app), scope, actor, await getNode(app, work, node))
      return { letter: content, page: pageOf(app, content.form, at).page, task: node, loop, file }
    },
  })
