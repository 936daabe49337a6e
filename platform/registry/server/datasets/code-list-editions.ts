import { InvalidInput, type Issue, type LocalDate, localDateAt, type Work, words } from '#runtime'
import type { CodeList, CodeListEdition } from '../../contract.ts'
import { registryTables } from '../tables.ts'
import type { Catalogue } from './catalogue.ts'

/** What the product ships, as the first edition of a list. */
export const shippedEdition = (list: CodeList): CodeListEdition => ({
  ...list,
  edition: 0,
  validFrom: '1900-01-01',
  note: '',
})

/** The edition in force on a day: the last one that had begun. */
export const inForce = (editions: readonly CodeListEdition[], day: LocalDate): CodeListEdition | undefined =>
  editions.findLast(({ validFrom }) => validFrom <= day)

/**
 * Adds an edition that begins on a day to come, or today. Whether those concerned were heard, and what of their data holds
 * a code that goes (`heldCodes`), is the caller's affair. A code that goes stays in the editions before.
 * @throws InvalidInput
 */
export async function addEdition(
  work: Work,
  catalogue: Catalogue,
  edition: Omit<CodeListEdition, 'edition'>,
): Promise<CodeListEdition> {
  const before = catalogue.editions(edition.id)
  const issues = faults(edition, before, localDateAt(work.at))
  if (issues.length > 0)
    throw new InvalidInput('wrong-code-list', words('代码表有误', 'The code list has faults'), issues)
  const next = { ...edition, edition: (before.at(-1)?.edition ?? 0) + 1 }
  await registryTables(work.tx)
    .insertInto('registry.code_list')
    .values({
      id: next.id,
      edition: next.edition,
      title: JSON.stringify(next.title),
      source: next.source,
      codes: JSON.stringify(next.codes),
      valid_from: next.validFrom,
      note: next.note,
      by: work.actor.id,
      at: work.at,
    })
    .execute()
  work.afterCommit(() => catalogue.acceptEdition(next))
  work.emit({ topic: 'registry.definition.saved', key: next.id, audience: { right: 'registry.read' } })
  return next
}

function faults(edition: Omit<CodeListEdition, 'edition'>, before: readonly CodeListEdition[], today: LocalDate) {
  const issues: Issue[] = []
  if (edition.validFrom < today)
    issues.push({ path: '/validFrom', message: words('生效日期不能早于今天', 'It cannot begin before today') })
  const last = before.at(-1)
  if (last && edition.validFrom <= last.validFrom)
    issues.push({
      path: '/validFrom',
      message: words(
        `生效日期应晚于上一版（${last.validFrom}）`,
        `It must begin after the edition before (${last.validFrom})`,
      ),
    })
  if (Object.keys(edition.codes).length === 0)
    issues.push({ path: '/codes', message: words('至少要有一个代码', 'At least one code is needed') })
  return issues
}
