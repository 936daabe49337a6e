import { App, Button, Card, Flex, Popconfirm, Tag } from 'antd'
import { useState } from 'react'
import { useWords, When } from '#portal/ui'
import { Group } from '../inputs/labelled.tsx'
import { store } from '../queries.ts'
import type { StoredVersion } from '../types.ts'
import { MoveDialog } from './move-dialog.tsx'
import type { PanelProps } from './panel.tsx'

interface VersionsProps extends Pick<PanelProps, 'editor' | 'again'> {
  readonly versions: readonly StoredVersion[]
}

/** Every version with the matters that follow it; one is in force, others can be. */
export function Versions({ editor, versions, again }: VersionsProps) {
  const [to, setTo] = useState<number>()
  return (
    <Group title={{ zh: '各版本', en: 'Versions' }}>
      {versions.map((one) => (
        <VersionCard key={one.version} one={one} versions={versions} editor={editor} again={again} onMove={setTo} />
      ))}
      {to !== undefined && (
        <MoveDialog id={editor.id} to={to} versions={versions} onClose={() => setTo(undefined)} again={again} />
      )}
    </Group>
  )
}

interface CardProps extends VersionsProps {
  readonly one: StoredVersion
  readonly onMove: (version: number) => void
}

function VersionCard({ one, versions, editor, again, onMove }: CardProps) {
  const t = useWords()
  const { message } = App.useApp()
  const { version, made, madeBy, madeAt, note, inForce, running } = one
  const others = versions.reduce((sum, other) => sum + (other === one ? 0 : other.running), 0)
  return (
    <Card
      size="small"
      title={t({ zh: `第 ${version} 版`, en: `Version ${version}` })}
      extra={inForce && <Tag color="success">{t({ zh: '生效', en: 'In force' })}</Tag>}
    >
      <span>{note ?? t({ zh: '程序自带', en: 'Comes with the program' })}</span>
      <span className="dz-small">
        {made === 'page' && madeBy} <When at={madeAt} />
        {' · '}
        {t({ zh: `在办 ${running} 件`, en: `${running} running` })}
      </span>
      <Flex wrap gap="small">
        {!inForce && (
          <Popconfirm
            title={t({ zh: '新发起的事项改按此版本办理？', en: 'Let new matters follow this version?' })}
            okText={t({ zh: '启用', en: 'Put in force' })}
            cancelText={t({ zh: '取消', en: 'Cancel' })}
            onConfirm={async () => {
              await store.putInForce(editor.id, version)
              message.success(t({ zh: `第 ${version} 版已启用`, en: `Version ${version} is in force` }))
              await again()
            }}
          >
            <Button size="small">{t({ zh: '启用此版本', en: 'Put in force' })}</Button>
          </Popconfirm>
        )}
        {others > 0 && (
          <Button size="small" onClick={() => onMove(version)}>
            {t({ zh: `将其他版本的 ${others} 件转入…`, en: `Move ${others} running here…` })}
          </Button>
        )}
      </Flex>
    </Card>
  )
}
