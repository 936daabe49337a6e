import { ExclamationCircleFilled } from '@ant-design/icons'
import { Typography } from 'antd'
import { useWords } from '#portal/ui'
import type { Parts } from '../types.ts'

/** How many posts hold a right now; that nobody does is easily overlooked. */
export function PostsWith({ right, parts }: { readonly right: string; readonly parts: Parts }) {
  const t = useWords()
  const posts = parts.rights.find(({ id }) => id === right)?.posts
  if (posts === undefined) return null
  if (posts === 0)
    return (
      <span className="dz-problem" role="status">
        <ExclamationCircleFilled />{' '}
        {t({ zh: '现在没有岗位有此权限，等于没有指定任何人', en: 'No post has it now, so this reaches nobody' })}
      </span>
    )
  return (
    <Typography.Text type="secondary">
      {t({ zh: `现有 ${posts} 个岗位有此权限`, en: posts === 1 ? '1 post has it now' : `${posts} posts have it now` })}
    </Typography.Text>
  )
}
