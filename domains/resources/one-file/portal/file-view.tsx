import { Alert, Flex } from 'antd'
import type { ReactNode } from 'react'
import { PageLink, useWords } from '#portal/ui'
import type { FileField, FileValue, FirmFile, PersonFile } from '../types.ts'
import { FieldList } from './field-list.tsx'
import { FirmParts } from './firm-parts.tsx'
import { PersonParts } from './person-parts.tsx'

interface Props {
  readonly file: PersonFile | FirmFile
  readonly onObject: (field: FileField, value: FileValue) => void
  /** Further parts below: records, readers. */
  readonly children?: ReactNode
}

/** The parts of a file that the subject and officers see alike. */
export function FileView({ file, onObject, children }: Props) {
  const t = useWords()
  const of = (name: string) => file.fields.find(({ field }) => field === name)?.values[0]
  const disputed = file.fields.filter(({ isDisputed }) => isDisputed)
  const pages = file.kind === 'person' ? 'people' : 'firms'
  return (
    <Flex vertical gap="middle">
      {file.kind === 'firm' && <h2 lang="zh">{of('name')?.value ?? file.id}</h2>}
      {file.mergedInto && (
        <Alert
          type="warning"
          showIcon
          title={t({ zh: '这份档案已并入另一份', en: 'This file was merged into another one' })}
          action={<PageLink to={`/one-file/${pages}/${file.mergedInto}`}>{t({ zh: '打开', en: 'Open it' })}</PageLink>}
        />
      )}
      <EndAlert died={of('diedOn')} struckOff={of('struckOff')} />
      {disputed.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t({
            zh: `${disputed.length} 项内容各来源不一致：${disputed.map(({ title }) => title.zh).join('、')}`,
            en: `Sources differ on: ${disputed.map(({ title }) => title.en).join(', ')}`,
          })}
        />
      )}
      <FieldList fields={file.fields} onObject={onObject} />
      {file.kind === 'person' ? <PersonParts file={file} /> : <FirmParts file={file} />}
      {children}
    </Flex>
  )
}

/** That a person has died, or else is no longer in the household register, and why. */
function EndAlert({
  died,
  struckOff,
}: {
  readonly died: FileValue | undefined
  readonly struckOff: FileValue | undefined
}) {
  const t = useWords()
  if (died) return <Alert type="info" showIcon title={t({ zh: '此人已去世', en: 'This person has died' })} />
  if (!struckOff) return null
  const { words } = struckOff
  const title = words
    ? { zh: `户口已注销：${words.zh}`, en: `Struck off the household register: ${words.en}` }
    : { zh: '户口已注销', en: 'Struck off the household register' }
  return <Alert type="info" showIcon title={t(title)} />
}
