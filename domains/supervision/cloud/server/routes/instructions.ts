import { sql } from 'kysely'
import { Type } from 'typebox'
import { identity } from '#platform/identity'
import { loops } from '#platform/loops'
import {
  type App,
  dayAt,
  Forbidden,
  formatDay,
  InvalidInput,
  NotFound,
  type Route,
  route,
  SIGNED_IN,
  type Words,
  type Work,
  words,
} from '#runtime'
import { FileShape, filesOf, keepFiles } from '../instruction-files.ts'
import { type Instruction, instructionsFor, namesOf } from '../instruction-store.ts'
import { getNode, newId } from '../nodes.ts'
import { TextOrNull } from './shapes.ts'

const Row = {
  id: Type.String(),
  number: Type.String(),
  title: Type.String(),
  givenBy: Type.String(),
  due: Type.String(),
  at: Type.String(),
  loop: TextOrNull,
  node: TextOrNull,
  /** Why the reader may see it. */
  part: Type.String(),
  place: Type.String(),
}
/** Uploads that go with it, seen by the same people. */
const Files = Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 20 }))

const example = {
  id: 'a1b2',
  number: '批〔2026〕1号',
  title: '关于某项工作的批示',
  givenBy: '王建国',
  due: '2026-06-30',
  at: '2026-06-01T01:00:00.000Z',
  loop: '12',
  node: null,
  part: 'handler',
  place: 'handling',
}

const shown = async (app: App, work: Work, row: Instruction) => ({
  id: row.id,
  number: row.number,
  title: row.title,
  givenBy: row.given_by,
  due: row.due,
  at: row.at.toISOString(),
  loop: row.loop,
  node: row.node,
  part: row.part,
  place: row.loop ? (await app.use(loops).get(work, row.loop)).place : '',
})

/** `GET /api/supervision/instructions`: those that name the reader, and no others, whatever rights he has. */
export const instructionsRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/supervision/instructions',
    title: words('批示件（仅限本人可见的）', 'Instructions that name the caller'),
    right: SIGNED_IN,
    audit: 'supervision.cloud.instruction.read',
    response: Type.Object({ rows: Type.Array(Type.Object(Row)), next: TextOrNull }),
    example: { rows: [example], next: null },
    handler: async ({ work, actor }) => ({
      rows: await Promise.all((await instructionsFor(work.tx, actor)).map((row) => shown(app, work, row))),
      next: null,
    }),
  })

/** `GET /api/supervision/instructions/:id`: text and answers, for those named; 404 for everybody else. */
export const instructionRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/supervision/instructions/:id',
    title: words('批示件内容（仅限指定人员）', 'An instruction, for those named'),
    right: SIGNED_IN,
    audit: 'supervision.cloud.instruction.read',
    params: Type.Object({ id: Type.String() }),
    response: Type.Object({
      ...Row,
      text: Type.String(),
      files: Type.Array(FileShape),
      answers: Type.Array(
        Type.Object({ text: Type.String(), by: Type.String(), at: Type.String(), files: Type.Array(FileShape) }),
      ),
      readers: Type.Array(
        Type.Object({
          holder: Type.String(),
          part: Type.String(),
          name: Type.Object({ zh: Type.String(), en: Type.String() }),
        }),
      ),
    }),
    example: { ...example, text: '请抓紧落实。', files: [], answers: [], readers: [] },
    handler: async ({ params, work, actor }) => {
      const row = await mine(work, actor, params.id)
      const { rows: answers } = await sql<{ id: number; text: string; by: string; at: Date }>`select id, text, by, at
        from supervision_cloud.instruction_answer where instruction = ${row.id} order by at`.execute(work.tx)
      const { rows: readers } = await sql<{ holder: string; part: string }>`select holder, part
        from supervision_cloud.instruction_reader where instruction = ${row.id} order by part, holder`.execute(work.tx)
      const names = await app.use(identity).names(
        answers.map(({ by }) => by),
        work.tx,
      )
      work.audit({
        event: 'supervision.cloud.instruction.read',
        subject: { kind: 'supervision.cloud.instruction', id: row.id },
      })
      return {
        ...(await shown(app, work, row)),
        text: row.text,
        files: await filesOf(app, work, row.id, null),
        answers: await Promise.all(
          answers.map(async ({ id, text, by, at }) => ({
            text,
            by: names.get(by) ?? by,
            at: at.toISOString(),
            files: await filesOf(app, work, row.id, id),
          })),
        ),
        readers: await Promise.all(readers.map(async (one) => ({ ...one, name: await nameOf(app, work, one.holder) }))),
      }
    },
  })

async function nameOf(app: App, work: Work, holder: string): Promise<Words> {
  const id = holder.slice(holder.indexOf(':') + 1)
  if (holder.startsWith('account:')) {
    const name = (await app.use(identity).names([id], work.tx)).get(id) ?? id
    return words(name, name)
  }
  const post = await app.use(identity).post(id, work.tx)
  const unit = post && (await app.use(identity).organisation(post.organisation, work.tx))
  if (!post) return words(id, id)
  return words(
    `${unit?.short ?? ''} ${post.title.zh}`.trim(),
    [post.title.en, unit?.name.en].filter((part) => part !== undefined).join(', '),
  )
}

/** @throws NotFound for those it does not name */
async function mine(work: Work, actor: Work['actor'], id: string): Promise<Instruction> {
  const [row] = await instructionsFor(work.tx, actor, id)
  if (!row) throw new NotFound()
  return row
}

/** `POST /api/supervision/instructions`: registers an instruction for posts that handle it, and further readers. */
export const giveInstructionRoute = (app: App): Route =>
  route({
    method: 'POST',
    path: '/api/supervision/instructions',
    title: words('登记批示', 'Give an instruction'),
    right: 'supervision.cloud.instruct',
    audit: 'supervision.cloud.instruction.given',
    body: Type.Object(
      {
        title: Type.String({ minLength: 2, maxLength: 200 }),
        text: Type.String({ minLength: 1, maxLength: 10_000 }),
        givenBy: Type.String({ minLength: 1, maxLength: 60 }),
        due: Type.String({ format: 'date' }),
        /** Posts that handle it. */
        posts: Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 20 }),
        /** Posts that may read it besides. */
        readers: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 50 }),
        node: Type.Optional(Type.String({ maxLength: 40 })),
        files: Files,
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ id: Type.String(), number: Type.String(), loop: Type.String() }),
    example: { id: 'a1b2', number: '批〔2026〕1号', loop: '12' },
    handler: async ({ body, work, actor }) => {
      if (body.node !== undefined) await getNode(app, work, body.node)
      for (const post of [...body.posts, ...body.readers])
        if (!(await app.use(identity).post(post, work.tx)))
          throw new InvalidInput('no-post', words(`没有岗位“${post}”`, `There is no post "${post}"`), [
            { path: '/posts', message: words('没有这个岗位', 'No such post') },
          ])
      const id = newId()
      const year = formatDay(dayAt(work.at.getTime())).slice(0, 4)
      await sql`select pg_advisory_xact_lock(hashtextextended('supervision_cloud.instruction', 0))`.execute(work.tx)
      const { rows } = await sql<{ number: string }>`
        insert into supervision_cloud.instruction (id, number, title, text, given_by, registered_by, node, due, at)
        select ${id}, ${`批〔${year}〕`} || (select count(*) + 1 from supervision_cloud.instruction
          where starts_with(number, ${`批〔${year}〕`})) || '号', ${body.title}, ${body.text}, ${body.givenBy},
          ${actor.id}, ${body.node ?? null}, ${body.due}::date, ${work.at} returning number`.execute(work.tx)
      const number = rows[0]?.number ?? ''
      const parts: readonly (readonly [string, string])[] = [
        ...body.readers.map((post) => [`post:${post}`, 'reader'] as const),
        ...body.posts.map((post) => [`post:${post}`, 'handler'] as const),
        [namesOf(actor).at(-1) ?? '', 'registrar'],
      ]
      for (const [holder, part] of new Map(parts))
        await sql`insert into supervision_cloud.instruction_reader (instruction, holder, part)
          values (${id}, ${holder}, ${part})`.execute(work.tx)
      await keepFiles(app, work, id, null, body.files)
      const matter = await app.use(loops).open(work, {
        definition: 'supervision.cloud.instruction',
        data: { instruction: id, number, posts: body.posts, due: body.due },
        key: id,
        origin: { kind: 'supervision.cloud.instruction', id },
      })
      await sql`update supervision_cloud.instruction set loop = ${matter.id} where id = ${id}`.execute(work.tx)
      work.audit({
        event: 'supervision.cloud.instruction.given',
        subject: { kind: 'supervision.cloud.instruction', id },
        details: { number },
      })
      return { id, number, loop: matter.id }
    },
  })

/** `POST /api/supervision/instructions/:id/answers`: those who handle it answer; the answer is as restricted as the instruction. */
export const answerInstructionRoute = (app: App): Route =>
  route({
    method: 'POST',
    path: '/api/supervision/instructions/:id/answers',
    title: words('反馈批示', 'Answer an instruction'),
    right: SIGNED_IN,
    audit: 'supervision.cloud.instruction.answered',
    params: Type.Object({ id: Type.String() }),
    body: Type.Object(
      { text: Type.String({ minLength: 1, maxLength: 10_000 }), files: Files },
      { additionalProperties: false },
    ),
    response: Type.Object({ place: Type.String() }),
    example: { place: 'answered' },
    handler: async ({ params, body, work, actor }) => {
      const row = await mine(work, actor, params.id)
      if (!row.part.split(',').includes('handler')) throw new Forbidden()
      const { rows } = await sql<{
        id: number
      }>`insert into supervision_cloud.instruction_answer (instruction, text, by, at)
        values (${row.id}, ${body.text}, ${actor.id}, ${work.at}) returning id`.execute(work.tx)
      await keepFiles(app, work, row.id, rows[0]?.id ?? null, body.files)
      work.audit({
        event: 'supervision.cloud.instruction.answered',
        subject: { kind: 'supervision.cloud.instruction', id: row.id },
      })
      return { place: await move(app, work, row, 'answer') }
    },
  })

/** `POST /api/supervision/instructions/:id/decision`: who gave it closes it, or has it go on. */
export const decideInstructionRoute = (app: App): Route =>
  route({
    method: 'POST',
    path: '/api/supervision/instructions/:id/decision',
    title: words('阅批反馈', 'Decide on the answer'),
    right: SIGNED_IN,
    audit: 'supervision.cloud.instruction.answered',
    params: Type.Object({ id: Type.String() }),
    body: Type.Object({ decision: Type.Enum(['accept', 'ask-again']) }, { additionalProperties: false }),
    response: Type.Object({ place: Type.String() }),
    example: { place: 'closed' },
    handler: async ({ params, body, work, actor }) => {
      const row = await mine(work, actor, params.id)
      work.audit({
        event: 'supervision.cloud.instruction.answered',
        subject: { kind: 'supervision.cloud.instruction', id: row.id },
        details: { decision: body.decision },
      })
      return { place: await move(app, work, row, body.decision) }
    },
  })

async function move(app: App, work: Work, row: Instruction, action: string): Promise<string> {
  const matter = await app.use(loops).get(work, row.loop ?? '')
  const { place } = await app.use(loops).act(work, {
    instance: matter.id,
    action,
    revision: matter.revision,
    key: `${action}:${matter.revision}:${row.id}`,
  })
  return place
}
