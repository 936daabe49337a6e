import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert, Flex, Tag, Typography } from 'antd'
import { useState } from 'react'
import { api, DataState, PageFrame, PageLink, useRight, useWords } from '#portal/ui'
import type { FirmFile } from '../types.ts'
import { EventLine } from './event-line.tsx'
import { FieldList } from './field-list.tsx'
import { AsOf } from './person-file.tsx'
import { RecordList } from './record-list.tsx'
import { Section } from './section.tsx'
import { ShareGraph } from './share-graph.tsx'

/** The file of a firm: what is registered, who owns and controls it, what happened. */
export function FirmPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const [valid, setValid] = useState('')
  const path = `/api/one-file/firms/${encodeURIComponent(id)}`
  const query = useQuery({
    queryKey: [path, valid],
    queryFn: () => api.get<FirmFile>(path, { valid: valid || undefined }),
  })
  const name = query.data?.fields.find(({ field }) => field === 'name')?.values[0]?.value
  return (
    <PageFrame
      title={name ?? { zh: `企业档案 ${id}`, en: `Firm ${id}` }}
      {...(name ? { lang: 'zh' } : {})}
      above={[{ title: { zh: '一企一档', en: 'Files of firms' }, path: '/one-file/firms' }]}
    >
      <AsOf valid={valid} onValid={setValid} />
      <DataState query={query}>{(file) => <Parts file={file} />}</DataState>
    </PageFrame>
  )
}

function Parts({ file }: { readonly file: FirmFile }) {
  const t = useWords()
  const isSteward = useRight('one-file.steward') !== undefined
  return (
    <Flex vertical gap="middle">
      {file.mergedInto && (
        <Alert
          type="warning"
          showIcon
          title={t({ zh: '这份档案已并入另一份', en: 'This file was merged into another one' })}
          action={<PageLink to={`/one-file/firms/${file.mergedInto}`}>{t({ zh: '打开', en: 'Open it' })}</PageLink>}
        />
      )}
      <FieldList fields={file.fields} />
      <Section title={{ zh: '股东和实际控制人', en: 'Owners and who controls it' }}>
        <Controllers file={file} />
        {file.shares.length > 0 && <ShareGraph firm={file.id} shares={file.shares} />}
      </Section>
      <Section title={{ zh: '许可、检查、处罚等', en: 'Licences, inspections, penalties and more' }}>
        <EventLine events={file.events} />
      </Section>
      <Section title={{ zh: '归并到此的记录', en: 'Records of this file' }}>
        <RecordList id={file.id} records={file.records} notShown={file.notShown} canSplit={isSteward} />
      </Section>
    </Flex>
  )
}

function Controllers({ file: { people, controllers, shares } }: { readonly file: FirmFile }) {
  const t = useWords()
  return (
    <Flex vertical gap="small">
      {people.map(({ entity, title, name }) => (
        <span key={`${entity}/${title.en}`}>
          {t(title)}：<PageLink to={`/one-file/people/${entity}`}>{name}</PageLink>
        </span>
      ))}
      {controllers.map(({ entity, kind, name, percent, isControl }) => (
        <Flex key={entity} wrap gap="small" align="center">
          <Tag color={isControl ? 'red' : 'orange'}>
            {isControl ? t({ zh: '实际控制人', en: 'Controls it' }) : t({ zh: '受益所有人', en: 'Beneficial owner' })}
          </Tag>
          <PageLink to={`/one-file/${kind === 'person' ? 'people' : 'firms'}/${entity}`}>{name || entity}</PageLink>
          <span>
            {t({ zh: `各条股权链合计 ${percent.toFixed(1)}%`, en: `${percent.toFixed(1)} % over all chains` })}
          </span>
        </Flex>
      ))}
      {controllers.length === 0 && (
        <Typography.Text type="secondary">
          {shares.length === 0
            ? t({ zh: '没有股东登记', en: 'No owners are registered' })
            : t({ zh: '没有超过 25% 的持有人', en: 'Nobody holds more than 25 %' })}
        </Typography.Text>
      )}
    </Flex>
  )
}
