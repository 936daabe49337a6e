import { Typography } from 'antd'
import { useWords } from '#portal/ui'
import { NOTICE, ProposeButton } from './propose-button.tsx'
import type { Element } from './types.ts'

/** Proposes that an element is not used any more; whoever uses it is shown in the matter and heard. */
export function RetireButton({ element }: { readonly element: Element }) {
  const t = useWords()
  return (
    <ProposeButton
      label={{ zh: '提出停用', en: 'Propose to retire' }}
      title={{ zh: '停用数据元', en: 'Retirement of an element' }}
      path={`/api/standards/elements/${encodeURIComponent(element.id)}/retirement`}
      notice={NOTICE}
      bodyOf={() => ({})}
    >
      <Typography.Paragraph>
        {t({
          zh: '停用后不能再认领、变更或用于新的字段；已在用的字段会列为不符合标准。',
          en: 'Nobody can claim, change or newly use it then; fields that use it are listed as not to the standard.',
        })}
      </Typography.Paragraph>
    </ProposeButton>
  )
}
