import { useState } from 'react'
import { useParams } from 'react-router'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Amount } from '../../../ui/Amount.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useContract } from '../../../ui/client.ts'
import { DateText } from '../../../ui/DateText.tsx'
import { ErrorState, isNotFound } from '../../../ui/ErrorState.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { NotFound } from '../../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, useText } from '../../../ui/text.ts'
import { useInYuan } from '../../../ui/UiProvider.tsx'
import { useMay } from '../../../ui/who.ts'
import { commentNeedCard, listNeedCards, voidNeedCard } from '../../needs/need.contract.ts'
import { printNeedCard } from '../../print.contract.ts'
import { PrintForm } from '../PrintForms.tsx'
import { CardText, Needs } from './NeedsPanel.tsx'
import { needsText } from './needs-text.ts'
import '../visits.css'

/** One need card; printed it is the 《客户需求卡》. */
export default function NeedCardPage() {
  const t = useText(needsText)
  const inYuan = useInYuan()
  const canPrint = useMay()
  const { customerId = '', cardId = '' } = useParams()
  const [writing, setWriting] = useState<'comment' | 'void' | null>(null)
  const { data, error, refetch } = useContract(listNeedCards, { params: { customerId }, query: { cardId } })
  const card = data?.cards[0]
  if (isNotFound(error)) return <NotFound />
  if (error) return <Page><PageHeader title={t('card')} /><ErrorState error={error} onRetry={() => void refetch()} /></Page>
  if (!data || !card) return <Page><PageHeader title={t('card')} /><Skeleton /></Page>
  const confirmed = card.confirmation === null ? t('unconfirmed') : `${t(card.confirmation)}${card.confirmationRef === null ? '' : ` ${card.confirmationRef}`}`
  return (
    <Page>
      <PageHeader
        title={`${t('card')} ${card.number}`} crumbs={[{ title: data.customerName, to: `/customers/${customerId}?tab=needs` }]} tags={card.voidedOn !== null && <Tag icon="✕">{t('voided')}</Tag>} sub={t('form')}
        actions={
          <>
            {card.may['needs.comment']?.allowed && <ActionButton may={card.may['needs.comment']} refusals={commentNeedCard.refusals} onClick={() => setWriting('comment')}>{t('commentAct')}</ActionButton>}
            {card.may['needs.void']?.allowed && <ActionButton may={card.may['needs.void']} refusals={voidNeedCard.refusals} onClick={() => setWriting('void')}>{t('void')}</ActionButton>}
            {canPrint('contact.print') && <PrintForm contract={printNeedCard} params={{ customerId, cardId }} />}
          </>
        }
      />
      <Block title={data.customerName}>
        <Facts facts={[
          { label: t('cardNo'), value: card.number }, { label: t('manager'), value: card.staffName }, { label: t('surveyedOn'), value: <DateText date={card.surveyedOn} form="data" /> }, { label: t('channel'), value: t(card.channel) },
          { label: t('decisionMaker'), value: card.decisionMaker ?? '--' }, { label: t('confirmation'), value: confirmed },
        ]} />
      </Block>
      <Block title={t('sectionHeld')} flush={card.holdings.length > 0}>
        {card.holdings.length === 0 ? <span className="yq-quiet">--</span> : (
          <PlainTable
            label={t('sectionHeld')} columns={[{ key: 'bank', title: t('bank') }, { key: 'product', title: t('product') }, { key: 'amount', title: inYuan(t('amount')), right: true }, { key: 'price', title: t('price') }, { key: 'matures', title: t('maturesOn') }]}
            rows={card.holdings.map((held, place) => ({ key: String(place), cells: [held.bank ?? t('ours'), held.product, held.amountFen === null ? '--' : <Amount key="a" fen={held.amountFen} unit="yuan" />, held.price ?? '--', held.maturesOn === null ? '--' : <DateText key="d" date={held.maturesOn} form="data" />] }))}
          />
        )}
      </Block>
      <Block title={t('sectionNeeds')} flush><Needs customerId={customerId} card={card} /></Block>
      <Block title={t('sectionNext')}>
        <Facts facts={[
          { label: t('obstacles'), value: card.obstacles ?? '--' }, { label: t('suggestions'), value: card.suggestions ?? '--' }, { label: t('nextAction'), value: card.nextAction ?? '--' }, { label: t('nextOn'), value: card.nextOn === null ? '--' : <DateText date={card.nextOn} form="data" /> },
          { label: t('comment'), value: card.comment === null ? '--' : `${card.comment}${mark('（')}${card.commentedBy ?? ''} ${card.commentedOn ?? ''}${mark('）')}` }, ...(card.voidReason === null ? [] : [{ label: t('reason'), value: card.voidReason }]),
        ]} />
      </Block>
      {writing && <CardText key={writing} customerId={customerId} card={card} what={writing} onClose={() => setWriting(null)} />}
    </Page>
  )
}
