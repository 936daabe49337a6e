import { Conflict, words } from '#runtime'
import type { PartRow } from '../tables.ts'

/** @throws Conflict bytes-gone when the raw bytes of a run are not kept any more */
export function mustHaveBytes(parts: readonly Pick<PartRow, 'gone_at'>[]): void {
  if (parts.some(({ gone_at }) => gone_at))
    throw new Conflict(
      'bytes-gone',
      words(
        '这次采集的原始数据保存期已满，已删除，不能重放或继续',
        'The raw data of this run were deleted at the end of their term; it cannot be replayed or resumed',
      ),
    )
}
