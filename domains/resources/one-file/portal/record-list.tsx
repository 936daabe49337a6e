import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Flex, Input, Modal, Typography } from 'antd'
import { useState } from 'react'
import { api, Failure, PageLink, Rows, useWords, When } from '#portal/ui'
import type { FileRecord, NotShown } from '../types.ts'
import type { Objected } from './objection.tsx'
import { RowLink } from './section.tsx'

interface Props {
  readonly id: string
  readonly records: readonly FileRecord[]
  readonly notShown: readonly NotShown[]
  /** A steward may take records out, or ask for a merge. */
  readonly canSplit?: boolean
  readonly onObject: (objected: Objected) => void
}

/** The rows of the sources that belong to a file. */
export function RecordList({ id, records, notShown, canSplit = false, onObject }: Props) {
  const t = useWords()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const toggle = (ref: string) =>
    setChosen(chosen.includes(ref) ? chosen.filter((one) => one !== ref) : [...chosen, ref])
  return (
    <Flex vertical gap="middle">
      <Rows<FileRecord>
        rows={records}
        rowKey={({ ref }) => ref}
        caption={{ zh: '归并到此的记录', en: 'Records of this file' }}
        columns={[
          {
            id: 'dataset',
            title: { zh: '来源', en: 'Source' },
            show: ({ ref, datasetTitle }) =>
              canSplit ? (
                <Checkbox checked={chosen.includes(ref)} onChange={() => toggle(ref)}>
                  {t(datasetTitle)}
                </Checkbox>
              ) : (
                t(datasetTitle)
              ),
          },
          { id: 'role', title: { zh: '身份', en: 'As' }, show: ({ role }) => t(role) },
          {
            id: 'since',
            title: { zh: '归入时间', en: 'Belongs here since' },
            show: ({ knownFrom }) => <When at={knownFrom} show="day" />,
          },
          {
            id: 'row',
            title: { zh: '原始记录', en: 'Row' },
            show: ({ dataset, ref }) => <RowLink dataset={dataset} row={ref.split('/')[1] ?? ''} />,
          },
          {
            id: 'object',
            title: { zh: '有误', en: 'Wrong' },
            show: ({ ref, datasetTitle }) => (
              <Button size="small" type="text" onClick={() => onObject({ record: ref, title: datasetTitle })}>
                {t({ zh: '提出异议', en: 'Object' })}
              </Button>
            ),
          },
        ]}
      />
      {notShown.map(({ dataset, datasetTitle, role, shown, of }) => (
        <Typography.Text type="secondary" key={`${dataset}/${role.en}`}>
          {t(
            shown === 0
              ? {
                  zh: `${datasetTitle.zh}（${role.zh}）：${of.toLocaleString('zh')} 条，当前目的或权限不可见`,
                  en: `${datasetTitle.en} (${role.en}): ${of.toLocaleString('en')}, not opened by this purpose or right`,
                }
              : {
                  zh: `${datasetTitle.zh}（${role.zh}）：显示 ${shown} 条，共 ${of.toLocaleString('zh')} 条`,
                  en: `${datasetTitle.en} (${role.en}): ${shown} of ${of.toLocaleString('en')} shown`,
                },
          )}
        </Typography.Text>
      ))}
      {canSplit && <StewardActions id={id} chosen={chosen} of={records.length} />}
    </Flex>
  )
}

function StewardActions({
  id,
  chosen,
  of,
}: {
  readonly id: string
  readonly chosen: readonly string[]
  readonly of: number
}) {
  const t = useWords()
  const [doing, setDoing] = useState<'split' | 'merge'>()
  const [reason, setReason] = useState('')
  const [other, setOther] = useState('')
  const act = useMutation({
    mutationFn: () =>
      api.post<{ batch?: string }>(
        `/api/one-file/entities/${id}/${doing}`,
        doing === 'split' ? { records: chosen, reason } : { other: other.trim(), reason },
      ),
    onSuccess: () => setDoing(undefined),
  })
  return (
    <Flex wrap gap="small" align="center">
      <Button disabled={chosen.length === 0 || chosen.length >= of} onClick={() => setDoing('split')}>
        {t({ zh: `把选中的 ${chosen.length} 条拆出`, en: `Take ${chosen.length} chosen out` })}
      </Button>
      <Button onClick={() => setDoing('merge')}>{t({ zh: '与另一份档案合并', en: 'Merge with another file' })}</Button>
      {act.data && (
        <Alert
          type="success"
          showIcon
          title={
            act.data.batch
              ? t({ zh: '已提交比对复核', en: 'Handed in for review' })
              : t({ zh: '已记录，正在重新归并', en: 'Noted; the files are matched again' })
          }
          action={
            act.data.batch && (
              <PageLink to={`/one-file/review/${act.data.batch}`}>{t({ zh: '查看', en: 'See' })}</PageLink>
            )
          }
        />
      )}
      <Modal
        open={doing !== undefined}
        title={
          doing === 'split'
            ? t({ zh: '拆出记录', en: 'Take records out' })
            : t({ zh: '申请合并', en: 'Ask for a merge' })
        }
        okText={t({ zh: '确定', en: 'OK' })}
        cancelText={t({ zh: '取消', en: 'Cancel' })}
        okButtonProps={{
          disabled: reason.trim().length < 2 || (doing === 'merge' && !/^\d+$/.test(other.trim())),
          loading: act.isPending,
        }}
        onOk={() => act.mutate()}
        onCancel={() => setDoing(undefined)}
      >
        <Flex vertical gap="small">
          {doing === 'merge' && (
            <Input
              aria-label={t({ zh: '另一份档案的编号', en: 'Number of the other file' })}
              placeholder={t({ zh: '另一份档案的编号', en: 'Number of the other file' })}
              value={other}
              onChange={(event) => setOther(event.target.value)}
            />
          )}
          <Input.TextArea
            aria-label={t({ zh: '理由', en: 'Reason' })}
            placeholder={t({ zh: '理由', en: 'Reason' })}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          {act.error && <Failure error={act.error} />}
        </Flex>
      </Modal>
    </Flex>
  )
}
