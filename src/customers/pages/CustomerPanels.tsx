import type { z } from 'zod'
import { Amount } from '../../ui/Amount.tsx'
import { Block } from '../../ui/Block.tsx'
import { call } from '../../ui/client.ts'
import { DateText } from '../../ui/DateText.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Masked } from '../../ui/Masked.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { mark, usePick, useText, type Text } from '../../ui/text.ts'
import { revealNumber, type getCustomer } from '../customer.contract.ts'
import { registrationStatuses, sizeClasses } from '../file/file-fields.contract.ts'
import { grouped } from '../identity-number.rules.ts'
import { customersText } from './customers-text.ts'
import type { ReactNode } from 'react'

export type CustomerView = z.output<typeof getCustomer.reply>
type Fact = { label: string; value: ReactNode }

/** Who the customer is: particulars, documents and phones (masked). A field without content is left out. */
export function IdentityPanel({ customer, actions }: { customer: CustomerView; actions?: ReactNode }) {
  const t = useText(customersText)
  const pick = usePick()
  const word = (words: readonly (Text & { code: string })[], code: string): string => pick(words.find((one) => one.code === code) ?? { zh: code, en: code })
  const { corporate, person } = customer
  const reveal = customer.may['customer.reveal']
  const show = (what: 'IDENTITY' | 'PHONE', id: string) => async (purpose: string): Promise<string> =>
    (await call(revealNumber, { params: { customerId: customer.customerId }, body: { what, id, purpose } })).value
  const facts: (Fact | null)[] = [
    { label: t('number'), value: <span className="yq-num">{customer.number}</span> },
    { label: t('status'), value: t(customer.status) },
    { label: t('tier'), value: customer.tierSince === null ? t(customer.tier) : t('tierSince', { tier: t(customer.tier), day: customer.tierSince }) },
    ...(corporate?.uscc ? [{ label: t('USCC'), value: <span className="yq-num">{grouped(corporate.uscc)}</span> }] : []),
    ...customer.identities.filter((one) => one.kind !== 'USCC').map((one) => ({
      label: t(one.kind),
      value: (
        <>
          <Masked masked={one.masked} what={t(one.kind)} {...(reveal?.allowed ? { reveal: show('IDENTITY', one.id) } : {})} />
          {!one.checked && <> <Tag>{t('notChecked')}</Tag></>}
          {one.expired ? <> <Tag tone="warning" icon="■">{t('expired')}</Tag></> : one.expiresOn !== null && <span className="yq-quiet"> {t('validUntil', { day: one.expiresOn })}</span>}
        </>
      ),
    })),
    ...customer.phones.map((phone) => ({ label: t('phone'), value: <Masked masked={phone.masked} what={t('phone')} {...(reveal?.allowed ? { reveal: show('PHONE', phone.id) } : {})} /> })),
    text(t('legalRepresentative'), corporate?.legalRepresentative), text(t('companyType'), corporate?.companyType),
    corporate ? { label: t('registrationStatus'), value: corporate.registrationStatus === '存续' ? word(registrationStatuses, corporate.registrationStatus) : <Tag tone="warning" icon="■">{word(registrationStatuses, corporate.registrationStatus)}</Tag> } : null,
    text(t('size'), corporate?.sizeClass && word(sizeClasses, corporate.sizeClass)), text(t('industry'), corporate?.industryCode),
    corporate?.registeredCapitalFen ? { label: t('capital'), value: <Amount fen={corporate.registeredCapitalFen} /> } : null,
    text(t('staffCount'), corporate?.staffCount?.toLocaleString('en-US')), text(t('established'), corporate?.establishedOn), text(t('registeredAddress'), corporate?.registeredAddress),
    text(t('operatingAddress'), corporate?.operatingAddress), text(t('businessScope'), corporate?.businessScope),
    person?.sex ? { label: t('sex'), value: t(person.sex) } : null,
    person?.birthDate ? { label: t('birthDate'), value: `${person.birthDate}${person.birthdayCalendar === 'LUNAR' ? ` · ${t('lunar')}` : ''}` } : null,
    text(t('occupation'), person?.occupation), text(t('employer'), person?.employer), text(t('nationality'), person?.nationality), text(t('district'), person?.district), text(t('riskLevel'), person?.riskLevel),
    text(t('formerNames'), customer.formerNames.join(mark('、'))), text(t('source'), customer.source), text(t('openedOn'), customer.openedOn),
  ]
  return (
    <Block title={t('identity')} asOf={customer.figures.asOf} actions={actions}>
      <Facts facts={facts.filter((fact): fact is Fact => fact !== null)} />
    </Block>
  )
}

function text(label: string, value: string | null | undefined): Fact | null {
  return value === null || value === undefined || value === '' ? null : { label, value }
}

/** Who looks after the customer now and who did: shares, days, frozen base. */
export function ManagersPanel({ customer, actions }: { customer: CustomerView; actions?: ReactNode }) {
  const t = useText(customersText)
  return (
    <Block title={t('managers')} actions={actions} flush={customer.assignments.length > 0}>
      {customer.assignments.length === 0 ? <span className="yq-quiet">{t('noManager')}</span> : (
        <PlainTable
          label={t('managers')}
          columns={[{ key: 'person', title: t('person') }, { key: 'share', title: t('share'), right: true }, { key: 'from', title: t('since') }, { key: 'to', title: t('until') }, { key: 'base', title: t('base'), right: true }]}
          rows={customer.assignments.map((slice) => ({
            key: `${slice.person.staffKey}-${slice.from}`,
            cells: [
              <span className={slice.now ? undefined : 'yq-quiet'}>{slice.person.name} <Tag tone={slice.now && slice.main ? 'primary' : 'plain'}>{t(slice.main ? 'main' : 'assist')}</Tag></span>,
              `${slice.sharePct}%`, <DateText date={slice.from} form="data" />, slice.to === null ? '--' : <DateText date={slice.to} form="data" />, <Amount fen={slice.baseAdbFen} />,
            ],
          }))}
        />
      )}
    </Block>
  )
}
