import { issuesIn } from '#platform/forms'
import { InvalidInput, type Issue, type Words, words } from '#runtime'
import { type Element, elementDataset } from '../../declarations/datasets.ts'
import { titleOf } from './summary.ts'

/** What keeps an element from being stored as it would be on its day, in words; null if nothing does. */
export function faultsOf(future: Element): Words | null {
  const issues = issuesIn(elementDataset.schema, future)
  return issues.length === 0 ? null : inWords(issues)
}

/**
 * Refuses what could not be stored on its day.
 * @param base JSON pointer of the element in what was sent @throws InvalidInput naming each field
 */
export function requireFits(future: Element, base: string): void {
  const issues = issuesIn(elementDataset.schema, future)
  if (issues.length === 0) return
  throw new InvalidInput(
    'wrong-element',
    inWords(issues),
    issues.map(({ path, message }) => ({ path: `${base}${path}`, message })),
  )
}

function inWords(issues: readonly Issue[]): Words {
  const lines = issues.map(({ path, message }) => {
    const title = titleOf(path.split('/')[1] ?? '')
    return words(`“${title.zh}”${message.zh}`, `"${title.en}": ${message.en}`)
  })
  return words(
    `数据元的内容不符合要求：${lines.map(({ zh }) => zh).join('；')}`,
    `The element is not as it has to be: ${lines.map(({ en }) => en).join('; ')}`,
  )
}
