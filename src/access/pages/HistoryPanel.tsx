import { Button } from 'antd'
import { useState } from 'react'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { HistoryList } from '../../ui/HistoryList.tsx'
import { useText } from '../../ui/text.ts'
import { customerHistory, institutionHistory, personHistory, type HistoryLineView } from '../journal.contract.ts'
import { accessText } from './access-text.ts'

type Page = { items: HistoryLineView[]; nextCursor: string | null }
type Reply = { data: Page | undefined; error: unknown; isFetching: boolean; refetch: () => unknown }

/** What happened to a customer, in words, newest first. */
export function CustomerHistory({ customerId }: { customerId: string }) {
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined])
  const reply = useContract(customerHistory, { params: { customerId }, query: { cursor: cursors.at(-1), limit: 50 } })
  return <HistoryBlock reply={reply} cursors={cursors} onMove={setCursors} />
}

export function PersonHistory({ staffKey }: { staffKey: number }) {
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined])
  const reply = useContract(personHistory, { params: { staffKey }, query: { cursor: cursors.at(-1), limit: 50 } })
  return <HistoryBlock reply={reply} cursors={cursors} onMove={setCursors} />
}

export function InstitutionHistory({ unitKey }: { unitKey: number }) {
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined])
  const reply = useContract(institutionHistory, { params: { key: unitKey }, query: { cursor: cursors.at(-1), limit: 50 } })
  return <HistoryBlock reply={reply} cursors={cursors} onMove={setCursors} />
}

function HistoryBlock({ reply, cursors, onMove }: { reply: Reply; cursors: readonly (string | undefined)[]; onMove: (cursors: readonly (string | undefined)[]) => void }) {
  const t = useText(accessText)
  const next = reply.data?.nextCursor ?? null
  return (
    <Block
      title={t('history')} loading={!reply.data} error={reply.data ? undefined : reply.error} onRetry={() => void reply.refetch()} updating={reply.isFetching && !!reply.data}
      actions={(next !== null || cursors.length > 1) && (
        <>
          {cursors.length > 1 && <Button size="small" onClick={() => onMove(cursors.slice(0, -1))}>←</Button>}
          {next !== null && <Button size="small" onClick={() => onMove([...cursors, next])}>{t('earlier')}</Button>}
        </>
      )}
    >
      <HistoryList
        empty={t('noHistory')}
        entries={(reply.data?.items ?? []).map((line) => ({
          id: line.id, at: line.at, who: line.who, what: line.sentence, why: line.why,
          // what was nothing and stays nothing is not told; what is new has no before
          changes: line.changes.filter((change) => change.before !== null || change.after !== null).map((change) => ({ name: change.label, from: change.before, to: change.after ?? t('none') })),
        }))}
      />
    </Block>
  )
}
