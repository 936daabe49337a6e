import { wordsIn } from '#platform/analytics'
import type { FieldUse } from '#platform/registry'
import { type Db, words } from '#runtime'
import type { TagBook } from './book.ts'

const KIND = words('标签', 'Tag')

/** Tags in force that read columns of a dataset, themselves or by way of features; of what they may see, what they name. */
export async function tagsOfFields(book: TagBook, db: Db, dataset: string): Promise<FieldUse[]> {
  const all = await Promise.all([...book.subjects.keys()].map((subject) => book.inForce(db, subject)))
  return all.flat().flatMap((tag) => {
    const made = [{ sources: tag.sources, sql: `${tag.logic} ${tag.score ?? ''}` }, ...book.featuresOf([tag])]
    const fields = made.flatMap(({ sources, sql }) => {
      // Of rules the names of their rows are asked for; these are no columns of the dataset.
      const said = wordsIn(sql.replaceAll(/from rule_\w+ where \w+/g, ''))
      const columns = sources.filter((source) => source.dataset === dataset).flatMap((source) => source.columns)
      return columns.filter((column) => said.has(column))
    })
    return fields.length > 0 ? [{ kind: KIND, title: tag.title, page: `/tags/${tag.id}`, fields }] : []
  })
}
