import { Alert, Flex } from 'antd'
import { useWords } from '#portal/ui'
import { LoopLight } from '../loop-light.tsx'
import { LoopLink } from '../loop-link.tsx'
import type { LoopItem } from '../loop-types.ts'

/** So many are linked; the page of the matter lists them all. */
const LINKED = 5

/** Says before a matter is ended which parts that were taken out of it are still open. */
export function OpenParts({ parts }: { readonly parts: readonly LoopItem[] }) {
  const t = useWords()
  const open = parts.filter(({ endedAt }) => endedAt === null)
  const rest = open.length - LINKED
  if (open.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={t({
        zh: `从本事项拆出的事项还有 ${open.length} 件没有办结。办结本事项不影响它们，它们继续单独办理。`,
        en: `${open.length === 1 ? '1 part of this matter is' : `${open.length} parts of this matter are`} still open. Ending this one does not end them: each goes on by itself.`,
      })}
      description={
        <ul className="dz-plain-list">
          {open.slice(0, LINKED).map((part) => (
            <li key={part.id}>
              <Flex wrap gap="small" align="center">
                <LoopLink item={part} />
                <span>{t(part.placeTitle)}</span>
                <LoopLight item={part} />
              </Flex>
            </li>
          ))}
          {rest > 0 && <li>{t({ zh: `另有 ${rest} 件`, en: `and ${rest} more` })}</li>}
        </ul>
      }
    />
  )
}
