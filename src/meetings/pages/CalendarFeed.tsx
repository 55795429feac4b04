import { Button, Input } from 'antd'
import { useState } from 'react'
import { newId } from '../../foundation/values/uuid7.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { AreaField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Note } from '../../ui/Note.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useMay } from '../../ui/who.ts'
import { getCalendarFeed, makeCalendarFeed, revokeCalendarFeed, switchCalendarFeed } from '../calendar-feed.contract.ts'
import { meetingsText } from './meetings-text.ts'

/** 32 random bytes, made here: the server keeps only their hash. */
function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

/** The secret address at which calendar programs read one's appointments; the switch for who may allow it. */
export function CalendarFeed() {
  const t = useText(meetingsText)
  const toast = useToast()
  const may = useMay()
  const { data, error, refetch } = useContract(getCalendarFeed, {})
  const [address, setAddress] = useState<string | null>(null)
  const [switching, setSwitching] = useState(false)
  const make = useAct(makeCalendarFeed, { refresh: ['calendar-feed'] })
  const revoke = useAct(revokeCalendarFeed, { refresh: ['calendar-feed'], onDone: () => { setAddress(null); toast(t('feedRevoked')) } })
  const begin = async (): Promise<void> => {
    const secret = newSecret()
    await make.mutateAsync({ body: { id: newId(), secret } })
    setAddress(`${window.location.origin}/api/calendar-feed/${secret}`)
  }
  const failed = make.error ?? revoke.error
  return (
    <Block
      title={t('feed')} loading={!data} error={error} onRetry={() => void refetch()}
      actions={data && <Tag tone={data.allowed ? 'success' : 'plain'}>{t(data.allowed ? 'feedAllowed' : 'feedNotAllowed')}</Tag>}
    >
      {data && (
        <div className="yq-stack">
          <p style={{ margin: 0, maxWidth: 640 }}>{data.allowed ? t('feedWhat') : t('feedOff')}</p>
          {failed && <ErrorState error={failed} onRetry={() => { make.reset(); revoke.reset() }} />}
          {address !== null && (
            <>
              <Note tone="warning">{t('feedOnce')}</Note>
              <span className="yq-row"><Input readOnly value={address} aria-label={t('address')} className="yq-feed-address" style={{ maxWidth: 560 }} /><Button onClick={() => void navigator.clipboard.writeText(address).then(() => toast(t('copied')))}>{t('copy')}</Button></span>
            </>
          )}
          {data.held && <Facts facts={[{ label: t('feedSince'), value: <DateText date={data.held.madeOn} /> }, { label: t('feedRead'), value: data.held.lastReadOn === null ? t('feedNever') : <DateText date={data.held.lastReadOn} /> }]} />}
          {data.may.switch.allowed && <Facts facts={[{ label: t('feedHolders'), value: data.holders }, { label: t('by'), value: data.switchedBy }, { label: t('reason'), value: data.reason }, { label: t('day'), value: <DateText date={data.switchedOn} /> }]} />}
          <span className="yq-row">
            {data.allowed && may('calendar-feed.hold') && <Button onClick={() => void begin().catch(() => undefined)} loading={make.isPending}>{t(data.held ? 'feedAgain' : 'feedMake')}</Button>}
            {data.held && <Button onClick={() => revoke.mutate({})}>{t('feedRevoke')}</Button>}
            {data.may.switch.allowed && <ActionButton may={data.may.switch} refusals={switchCalendarFeed.refusals} onClick={() => setSwitching(true)}>{t(data.allowed ? 'feedSwitchOff' : 'feedSwitch')}</ActionButton>}
          </span>
        </div>
      )}
      {switching && data && <Switch allowed={!data.allowed} onClose={() => setSwitching(false)} />}
    </Block>
  )
}

function Switch({ allowed, onClose }: { allowed: boolean; onClose: () => void }) {
  const t = useText(meetingsText)
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(switchCalendarFeed, { refresh: ['calendar-feed'] })
  const form = useForm({ initial: { reason: '' }, check: ({ reason }) => ([...reason.trim()].length < 2 ? { reason: t('required') } : {}), send: ({ reason }) => send.mutateAsync({ body: { id, allowed, reason } }) })
  const title = t(allowed ? 'feedSwitch' : 'feedSwitchOff')
  return (
    <FormDrawer title={title} open onClose={onClose} form={form} submit={title} onDone={() => toast(t('feedSwitched'))}>
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
