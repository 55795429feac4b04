import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { setFirstPassword } from '../../access/first-password.contract.ts'
import { FirstPassword } from '../../access/pages/FirstPassword.tsx'
import { PersonHistory } from '../../access/pages/HistoryPanel.tsx'
import { organisationText } from '../../organisation/pages/organisation-text.ts'
import { GivePost, HoldGrade, LetLeave } from '../../organisation/pages/PersonForms.tsx'
import { PersonPosts, PersonRecord } from '../../organisation/pages/PersonPanels.tsx'
import { endEmploymentContract, getPerson } from '../../organisation/person.contract.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useContract } from '../../ui/client.ts'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useMay } from '../../ui/who.ts'

/** A person: posts, grades and transfers as facts, as of a day; the office hires, moves and lets leave from here. */
export default function PersonPage() {
  const t = useText(organisationText)
  const { today } = useBank()
  const may = useMay()
  const staffKey = Number(useParams()['staffKey'])
  const [address, setAddress] = useSearchParams()
  const day = address.get('day') ?? today
  const [form, setForm] = useState<'post' | 'transfer' | 'grade' | 'leave' | 'password' | null>(null)
  const { data: person, error, refetch } = useContract(getPerson, { params: { staffKey }, query: { day } }, { enabled: Number.isSafeInteger(staffKey) })
  const close = (): void => setForm(null)
  if (!Number.isSafeInteger(staffKey) || (isNotFound(error) && !person)) return <NotFound />
  if (!person) return <Page>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={10} />}</Page>
  const change = person.may['organisation.change']
  const changes = change?.allowed === true && day === today && person.employed

  return (
    <Page>
      <PageHeader
        title={person.name} crumbs={[{ title: t('title'), to: '/organisation' }]}
        tags={!person.employed && <Tag tone="warning" icon="■">{t('left')}</Tag>}
        sub={<span>{t('staffNo')} {person.staffNo}{person.record?.hasPassword === false && ` · ${t('noPassword')}`}{person.record?.hasPassword === true && ` · ${t('hasPassword')}`}</span>}
        actions={
          <>
            {changes && <ActionButton type="primary" may={change} onClick={() => setForm('transfer')}>{t('transfer')}</ActionButton>}
            {changes && <ActionButton may={change} onClick={() => setForm('post')}>{t('addPost')}</ActionButton>}
            {changes && <ActionButton may={change} onClick={() => setForm('grade')}>{t('holdGrade')}</ActionButton>}
            {may('password.set') && person.employed && <ActionButton may={person.may['password.set']} refusals={setFirstPassword.refusals} onClick={() => setForm('password')}>{t('password')}</ActionButton>}
            {changes && <ActionButton may={person.may['leave']} refusals={endEmploymentContract.refusals} onClick={() => setForm('leave')}>{t('leave')}</ActionButton>}
            <DatePicker value={dayjs(day)} allowClear={false} format="YYYY-MM-DD" aria-label={t('showingDay')} onChange={(chosen) => setAddress(chosen && chosen.format('YYYY-MM-DD') !== today ? { day: chosen.format('YYYY-MM-DD') } : {})} />
          </>
        }
      />
      {day !== today && <Note tone="info">{t('pastNote', { day })}</Note>}
      <PersonPosts person={person} changes={changes} />
      {person.record && <PersonRecord record={person.record} />}
      {may('person.record') && <PersonHistory staffKey={person.staffKey} />}
      {form === 'post' && <GivePost open onClose={close} staffKey={staffKey} transfer={false} />}
      {form === 'transfer' && <GivePost open onClose={close} staffKey={staffKey} transfer />}
      {form === 'grade' && <HoldGrade open onClose={close} staffKey={staffKey} />}
      {form === 'leave' && <LetLeave open onClose={close} staffKey={staffKey} name={person.name} />}
      {form === 'password' && <FirstPassword open onClose={close} staffKey={staffKey} />}
    </Page>
  )
}
