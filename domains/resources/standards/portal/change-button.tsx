import { ElementFields } from './element-fields.tsx'
import { NOTICE, ProposeButton } from './propose-button.tsx'
import type { Element } from './types.ts'

type Values = Pick<Element, 'title' | 'titleEn' | 'definition' | 'synonyms'> & { readonly max?: number | null }

/** Proposes new values of an element; everybody who uses it is asked before they begin. */
export function ChangeButton({ element }: { readonly element: Element }) {
  return (
    <ProposeButton<Values>
      label={{ zh: '提出变更', en: 'Propose a change' }}
      title={{ zh: '变更数据元', en: 'Change of an element' }}
      path={`/api/standards/elements/${encodeURIComponent(element.id)}/changes`}
      initial={element}
      notice={NOTICE}
      bodyOf={({ max, ...rest }) => ({ changes: { ...rest, ...(typeof max === 'number' ? { max } : {}) } })}
    >
      <ElementFields />
    </ProposeButton>
  )
}
