import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { newId } from '../../foundation/values/uuid7.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { DateText } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { listMeetings, prepareMeeting } from '../meeting.contract.ts'
import { meetingsText } from './meetings-text.ts'

/** The morning meetings of one's line, and the way into today's. */
export default function Meetings() {
  const t = useText(meetingsText)
  const navigate = useNavigate()
  const [id] = useState(newId)
  const { data, error, refetch } = useContract(listMeetings, { query: {} })
  const prepare = useAct(prepareMeeting, { refresh: ['meetings'], onDone: (reply) => void navigate(`/meetings/${reply.id}`) })
  return (
    <Page>
      <PageHeader
        title={t('meetings')} thumb
        actions={data && (data.today !== null ? <Button type="primary" onClick={() => void navigate(`/meetings/${data.today}`)}>{t('openToday')}</Button>
          : data.may.prepare.allowed && <ActionButton type="primary" may={data.may.prepare} loading={prepare.isPending} onClick={() => prepare.mutate({ body: { id, day: data.asOf } })}>{t('prepare')}</ActionButton>)}
      />
      {prepare.error && <ErrorState error={prepare.error} onRetry={() => prepare.reset()} />}
      <Block title={t('meetings')} loading={!data} error={error} onRetry={() => void refetch()} flush={(data?.items.length ?? 0) > 0}>
        {data?.items.length === 0 ? <EmptyState title={t('noMeetings')} hint={t('noMeetingsHint')} /> : (
          <PlainTable
            label={t('meetings')} columns={[{ key: 'day', title: t('day') }, { key: 'unit', title: t('unit') }, { key: 'chair', title: t('chair') }, { key: 'state', title: t('state') }, { key: 'there', title: t('attendance'), right: true }, { key: 'held', title: t('held'), right: true }, { key: 'actions', title: t('actions'), right: true }]}
            rows={(data?.items ?? []).map((row) => ({ key: row.id, cells: [<Link key="day" to={`/meetings/${row.id}`}><DateText date={row.day} /></Link>, row.unitName, row.chairName, <Tag key="state" {...(row.state === 'RUNNING' ? { tone: 'primary' as const } : {})}>{t(row.state)}</Tag>, `${row.present}/${row.belong}`, `${row.held}/8`, row.actions] }))}
          />
        )}
      </Block>
    </Page>
  )
}
