import { Button, Select } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { readTimeline } from '../../reports/timeline.contract.ts'
import { Amount } from '../../ui/Amount.tsx'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { DateText, Moment } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useSettings } from '../../ui/settings.ts'
import { usePick, useText } from '../../ui/text.ts'
import { Timeline } from '../../ui/Timeline.tsx'
import { useBank } from '../../ui/UiProvider.tsx'
import { addMonths } from '../../foundation/values/business-date.ts'
import { customerPageText } from './customer-page-text.ts'
import { noteTellers } from './timeline-notes.ts'

const spans = ['all', '1', '3', '12'] as const

/** Everything that happened to the customer, newest first; kind and time stand in the address. */
export function TimelinePanel({ customerId }: { customerId: string }) {
  const t = useText(customerPageText)
  const pick = usePick()
  const { today, money } = useBank()
  const { language } = useSettings()
  const [address, setAddress] = useSearchParams()
  const kind = address.get('happened') ?? undefined
  const span = spans.find((one) => one === address.get('since')) ?? 'all'
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined])
  const choose = (name: string, value: string | undefined): void => {
    setCursors([undefined])
    setAddress((before) => {
      const after = new URLSearchParams(before)
      if (value === undefined) after.delete(name)
      else after.set(name, value)
      return after
    }, { replace: true })
  }
  const query = { limit: 30, ...(kind === undefined ? {} : { kind }), ...(span === 'all' ? {} : { from: addMonths(today, -Number(span)) }), ...(cursors.at(-1) === undefined ? {} : { cursor: cursors.at(-1) }) }
  const { data, error, refetch, isFetching } = useContract(readTimeline, { params: { customerId }, query })
  const items = data?.items ?? []
  const word = (code: string): string => {
    const known = data?.kinds.find((one) => one.kind === code)
    return known ? pick(known.text) : code
  }
  return (
    <Block
      title={t('timeline')} id="timeline" loading={!data} error={data ? undefined : error} onRetry={() => void refetch()} updating={isFetching && data !== undefined}
      actions={
        <>
          <Select size="small" aria-label={t('timelineKind')} value={kind ?? ''} onChange={(value) => choose('happened', value === '' ? undefined : value)} popupMatchSelectWidth={false}
            options={[{ value: '', label: t('everything') }, ...(data?.kinds ?? []).map((one) => ({ value: one.kind, label: pick(one.text) }))]} />
          <Select size="small" aria-label={t('timelineSpan')} value={span} onChange={(value) => choose('since', value === 'all' ? undefined : value)} popupMatchSelectWidth={false}
            options={spans.map((one) => ({ value: one, label: one === 'all' ? t('anyTime') : t('lastMonths', { n: one }) }))} />
        </>
      }
    >
      {items.length === 0
        ? <EmptyState title={t(kind === undefined && span === 'all' ? 'nothingHappened' : 'nothingOfThis')} {...(kind === undefined && span === 'all' ? {} : { action: <Button onClick={() => { choose('happened', undefined); choose('since', undefined) }}>{t('everything')}</Button> })} />
        : (
          <Timeline label={t('timeline')} events={items.map((event) => ({
            id: `${event.id} ${event.kind} ${event.title.en} ${event.day}`,
            when: event.at === null ? <DateText date={event.day} /> : <Moment at={event.at} />,
            ...(event.kind === 'CONTACT' ? { tone: 'primary' as const } : event.kind === 'OVERDUE' || event.kind === 'ALERT' ? { tone: 'error' as const } : {}),
            content: (
              <div className="yq-stack" style={{ gap: 2 }}>
                <div className="yq-row">
                  <Tag>{word(event.kind)}</Tag>
                  {event.address === null ? <span>{pick(event.title)}</span> : <Link to={event.address}>{pick(event.title)}</Link>}
                  {event.amountFen !== null && <Amount fen={event.amountFen} />}
                  {event.personName !== null && <span className="yq-quiet yq-small">{event.personName}</span>}
                </div>
                {event.note !== null && <div className="yq-small yq-quiet" style={{ whiteSpace: 'pre-wrap' }}>{noteTellers[event.kind]?.(event.note, language, money.en) ?? event.note}</div>}
              </div>
            ),
          }))} />
        )}
      {(data?.nextCursor || cursors.length > 1) && (
        <div className="yq-row yq-no-print">
          {cursors.length > 1 && <Button onClick={() => setCursors(cursors.slice(0, -1))}>{t('newer')}</Button>}
          {data?.nextCursor && <Button onClick={() => setCursors([...cursors, data.nextCursor ?? undefined])}>{t('earlier')}</Button>}
        </div>
      )}
    </Block>
  )
}
