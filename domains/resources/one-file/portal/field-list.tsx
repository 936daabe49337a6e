import { Button, Card, Flex, Tag, Typography } from 'antd'
import { useState } from 'react'
import { OrganisationName, useWords, When } from '#portal/ui'
import type { FileField, FileValue } from '../types.ts'
import { RowLink } from './section.tsx'

interface Props {
  readonly fields: readonly FileField[]
  /** Opens the objection to a value; absent: none can be made. */
  readonly onObject?: (field: FileField, value: FileValue) => void
}

/** Every field of a file: the value that counts, its source and time; the others at the press of a button. */
export function FieldList({ fields, onObject }: Props) {
  return (
    <div
      className="dz-cards"
      style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 320px), 1fr))', gap: 12 }}
    >
      {fields.map((field) => (
        <OneField key={field.field} field={field} {...(onObject ? { onObject } : {})} />
      ))}
    </div>
  )
}

function OneField({ field, onObject }: { readonly field: FileField; readonly onObject?: Props['onObject'] }) {
  const t = useWords()
  const [open, setOpen] = useState(false)
  const [best, ...others] = field.values
  if (!best) return null
  return (
    <Card
      size="small"
      title={t(field.title)}
      extra={field.isDisputed && <Tag color="orange">{t({ zh: '来源不一致', en: 'Sources differ' })}</Tag>}
    >
      <Flex vertical gap={4}>
        <Typography.Text strong style={{ fontSize: 16, overflowWrap: 'anywhere' }}>
          {best.words ? t(best.words) : best.value}
        </Typography.Text>
        <Source value={best} />
        {open &&
          others.map((value) => (
            <Flex
              vertical
              key={`${value.dataset}/${value.row}/${value.part}`}
              style={{ borderTop: '1px solid #8883', paddingTop: 4 }}
            >
              <Typography.Text delete={value.value !== best.value} style={{ overflowWrap: 'anywhere' }}>
                {value.words ? t(value.words) : value.value}
              </Typography.Text>
              <Source value={value} />
            </Flex>
          ))}
        <Flex gap="small" wrap>
          {others.length > 0 && (
            <Button size="small" type="text" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open
                ? t({ zh: '收起', en: 'Fold' })
                : t({ zh: `另有 ${others.length} 个来源`, en: `${others.length} more sources` })}
            </Button>
          )}
          {onObject && (
            <Button size="small" type="text" onClick={() => onObject(field, best)}>
              {t({ zh: '提出异议', en: 'Object' })}
            </Button>
          )}
        </Flex>
      </Flex>
    </Card>
  )
}

/** Where a value comes from: dataset, department, row, line, time. */
function Source({ value }: { readonly value: FileValue }) {
  const t = useWords()
  return (
    <Typography.Text type="secondary" style={{ fontSize: 12 }}>
      {t(value.datasetTitle)} · <OrganisationName id={value.source} /> · <When at={value.since} show="day" />
      {value.lineage && (
        <>
          {' · '}
          {t({
            zh: `导入 ${value.lineage.load} 第 ${value.lineage.line} 行`,
            en: `import ${value.lineage.load}, line ${value.lineage.line}`,
          })}
        </>
      )}
      <RowLink before=" · " dataset={value.dataset} row={value.row} />
    </Typography.Text>
  )
}
