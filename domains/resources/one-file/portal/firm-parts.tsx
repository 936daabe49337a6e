import { Flex, Tag, Typography } from 'antd'
import { useWords } from '#portal/ui'
import type { FirmFile } from '../types.ts'
import { EventLine } from './event-line.tsx'
import { FileLink } from './file-link.tsx'
import { Section } from './section.tsx'
import { ShareGraph } from './share-graph.tsx'

/** Who acts for a firm, owns and controls it, and what happened to it. */
export function FirmParts({ file }: { readonly file: FirmFile }) {
  return (
    <>
      <Section title={{ zh: '股东和实际控制人', en: 'Owners and who controls it' }}>
        <Controllers file={file} />
        {file.shares.length > 0 && <ShareGraph firm={file.id} shares={file.shares} />}
      </Section>
      <Section title={{ zh: '许可、检查、处罚等', en: 'Licences, inspections, penalties and more' }}>
        <EventLine events={file.events} />
      </Section>
    </>
  )
}

function Controllers({ file: { people, controllers, shares } }: { readonly file: FirmFile }) {
  const t = useWords()
  return (
    <Flex vertical gap="small">
      {people.map(({ entity, title, name }) => (
        <span key={`${entity}/${title.en}`}>
          {t(title)}：<FileLink kind="person" id={entity} name={name} />
        </span>
      ))}
      {controllers.map(({ entity, kind, name, percent, isControl }) => (
        <Flex key={entity} wrap gap="small" align="center">
          <Tag color={isControl ? 'red' : 'orange'}>
            {isControl ? t({ zh: '实际控制人', en: 'Controls it' }) : t({ zh: '受益所有人', en: 'Beneficial owner' })}
          </Tag>
          <FileLink kind={kind} id={entity} name={name || entity} />
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
