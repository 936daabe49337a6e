import { useQuery } from '@tanstack/react-query'
import { Typography } from 'antd'
import { api, useMarks, useWords } from '#portal/ui'
import { INTERNAL } from './words.ts'

interface Boundary {
  readonly source: string
  readonly review: string | null
}

/** Where the lines come from, and whether they may be shown to the public. */
export function Attribution() {
  const t = useWords()
  const { sentences } = useMarks()
  const { data } = useQuery({
    queryKey: ['map', 'boundaries', 'county'],
    queryFn: () => api.get<Boundary[]>('/api/map/boundaries', { level: 'county' }),
    staleTime: 600_000,
  })
  const review = data?.length && data.every((row) => row.review) ? data[0]?.review : undefined
  const sources = [...new Set(data?.map(({ source }) => source))].join(sentences)
  return (
    <Typography.Text type="secondary">
      {sources && t({ zh: `边界来源：${sources}。`, en: `Boundaries: ${sources}. ` })}
      {review ? t({ zh: `审图号：${review}`, en: `Map review number: ${review}` }) : t(INTERNAL)}
    </Typography.Text>
  )
}
