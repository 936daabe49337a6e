import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { documents } from '#platform/documents'
import { identity } from '#platform/identity'
import { termRules } from '#platform/loops'
import { rules } from '#platform/rules'
import { type App, dayAt, dueDate, formatDay, parseDuration, type Work } from '#runtime'
import { answerWithin } from '../../rules/letter.ts'
import type { Page } from '../../rules/page.ts'
import type { Step } from '../../rules/score.ts'
import { getPlan, type Node } from '../nodes.ts'
import { letterDocx } from './letter-docx.ts'

/** A letter as it was sent; nothing of it changes afterwards. */
export interface Letter {
  readonly form: 'letter' | 'document'
  readonly issuer: string
  readonly number: string
  readonly title: string
  readonly addressee: string
  readonly paragraphs: readonly string[]
  /** `2026-03-05` */
  readonly date: string
  readonly answerBy: string
  /** Rule packs that made wording and page. */
  readonly packs: readonly string[]
}

export interface TakenStep {
  readonly id: number
  readonly number: string
  readonly step: Step
  readonly loop: string
}

/** Writes the letter of a step, keeps it as .docx with the matter and its text beside the step. */
export async function writeLetter(
  app: App,
  work: Work,
  taken: TakenStep,
  task: Node,
  late: Node | undefined,
): Promise<void> {
  const plan = await getPlan(app, work, task.plan)
  const unit = task.lead ? await app.use(identity).organisation(task.lead, work.tx) : undefined
  const term = dueDate(work.at, parseDuration(`${answerWithin(taken.step)}wd`), termRules(true))
  // The term ends at midnight: its last day is the one before.
  const answerBy = formatDay(dayAt(term.getTime() - 1))
  const facts = {
    step: taken.step,
    plan: plan.title,
    task: task.title,
    milestone: late?.title ?? task.title,
    due: late?.due ?? task.due ?? plan.endsOn,
    unit: unit?.name.zh ?? task.lead ?? '',
    answerBy,
  }
  const wording = app.use(rules).evaluate('supervision.cloud.letter', facts, { at: work.at })
  const text = wording.result as Pick<Letter, 'form' | 'issuer' | 'title' | 'addressee' | 'paragraphs'>
  const { pack, page } = pageOf(app, text.form, work.at)
  const letter: Letter = {
    ...text,
    number: taken.number,
    date: formatDay(dayAt(work.at.getTime())),
    answerBy,
    packs: [wording.pack, pack],
  }
  const file = await app.use(documents).put(work, {
    name: `${taken.number}.docx`,
    content: Readable.from([Buffer.from(letterDocx(letter, page))]),
    for: 'supervision',
  })
  await app.use(documents).attach(work, [file.id], { kind: 'loop', id: taken.loop })
  await sql`insert into supervision_cloud.letter (step, content, file, answer_by)
    values (${taken.id}, ${JSON.stringify(letter)}::jsonb, ${file.id}, ${answerBy}::date)`.execute(work.tx)
}

/** Measures of the page that were in force at an instant. */
export function pageOf(app: App, form: Letter['form'], at: Date): { readonly pack: string; readonly page: Page } {
  const { pack, result } = app.use(rules).evaluate('supervision.cloud.page', { form }, { at })
  return { pack, page: result as Page }
}
