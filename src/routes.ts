import { answerSheetRoute, confirmAnswerRoute, getAnswerRoute, nameFillerRoute, returnAnswerRoute, saveAnswerRoute, sendBackAnswerRoute, submitAnswerRoute, uploadAnswerRoute } from './forms/answer-forms.ts'
import { changeFormRoute, makeFormRoute } from './flows/build-form.ts'
import { attachToAnswerRoute, fetchAnswerFileRoute } from './forms/attach-files.ts'
import { endFormRoute, openFormRoute } from './forms/keep-forms.ts'
import { decideReviewRoute, listReviewsRoute } from './forms/keep-reviews.ts'
import { exportAnswersRoute, getFormRoute, listFormsRoute, readAnswersRoute } from './forms/list-forms.ts'
import { answerTimesRoute } from './coordination/engine-answer-times.ts'
import { findPeopleRoute, findUnitsRoute } from './coordination/find-units.ts'
import { addCaseTaskRoute, endCaseTaskRoute } from './coordination/keep-members.ts'
import { getCaseRoute, listCasesRoute } from './coordination/list-cases.ts'
import { actOnCaseRoute, addCaseMemberRoute, askCaseRoute, endCaseMemberRoute } from './flows/coordinate.ts'
import { permissionTable } from './access/permission-table.ts'
import { customerHistoryRoute, institutionHistoryRoute, listJournalRoute, personHistoryRoute } from './access/read-journal.ts'
import { readDataInventoryRoute } from './access/read-data-inventory.ts'
import { listRetentionCasesRoute, proposeRetentionRoute, readRetentionRulesRoute, signRetentionRoute } from './access/retention/keep-cases.ts'
import { askLiftHoldRoute, decideLegalHoldRoute, decideLiftHoldRoute, enterLegalHoldRoute, listLegalHoldsRoute } from './access/retention/keep-holds.ts'
import { carryOutRetentionRoute } from './flows/carry-out-retention.ts'
import { readRightsRoute } from './access/read-rights.ts'
import { setFirstPasswordRoute } from './access/set-first-password.ts'
import { getStartRoute } from './access/tell-start.ts'
import { verifyJournalRoute } from './access/verify-journal.ts'
import { closeSettlementRoute } from './flows/close-month.ts'
import { endEmploymentRoute, endPostRoute, holdPostRoute, transferPersonRoute } from './flows/move-person.ts'
import { beginBankRoute } from './flows/set-up-bank.ts'
import { giveGrantRoute, listGrantsRoute, withdrawGrantRoute } from './access/give-grant.ts'
import { checkDuplicatesRoute } from './customers/duplicates/check-entry.ts'
import { decideDifferentRoute, decideSamePersonRoute, listDuplicatesRoute } from './customers/duplicates/list-duplicates.ts'
import { findAliasRoute, getMergeRoute, listMergesRoute } from './customers/duplicates/merge-cases.ts'
import { startScanRoute } from './customers/duplicates/scan-duplicates.ts'
import { confirmMergeRoute, previewMergeRoute, proposeMergeRoute, returnMergeRoute, undoMergeRoute } from './flows/merge-customers.ts'
import { createCustomerRoute } from './customers/create-customer.ts'
import { editCustomerRoute } from './customers/edit-customer.ts'
import { exportCustomersRoute } from './customers/export-customers.ts'
import { listCustomersRoute } from './customers/list-customers.ts'
import { getCustomerRoute } from './customers/read-customer.ts'
import { decideTierMoveRoute } from './customers/tiers/decide-move.ts'
import { attachProofRoute, decideIdentityChangeRoute, downloadProofRoute, withdrawIdentityChangeRoute } from './customers/identity/decide-change.ts'
import { getIdentityChangesRoute, listIdentityChangesRoute } from './customers/identity/list-changes.ts'
import { proposeIdentityChangeRoute } from './customers/identity/propose-change.ts'
import { decideStrategicRoute, endStrategicRoute, proposeStrategicRoute } from './customers/tiers/keep-strategic.ts'
import { decideTierRuleRoute, listTierRulesRoute, previewTierRuleRoute, proposeTierRuleRoute } from './customers/tiers/keep-tier-rules.ts'
import { exportTierMovesRoute } from './customers/tiers/export-moves.ts'
import { listTierMovesRoute, readTierMatrixRoute } from './customers/tiers/list-moves.ts'
import { getCustomerTierRoute } from './customers/tiers/read-tier.ts'
import { computeValueRoute, decideValueRoute, listValuePricesRoute, proposeValueRoute } from './customers/value/keep-prices.ts'
import { exportProfitRoute, getProfitViewRoute, listProfitCustomersRoute } from './customers/value/read-profit.ts'
import { getCustomerValueRoute } from './customers/value/read-value.ts'
import { revealNumberRoute } from './customers/reveal-number.ts'
import { changeGroupRoute, confirmProposalRoute, declineProposalRoute, endMemberRoute } from './customers/relations/decide-group.ts'
import { addHouseholdMemberRoute, endHouseholdRoute, makeHouseholdRoute } from './customers/relations/change-household.ts'
import { getGroupRoute, getProposalGraphRoute, listGroupsRoute, listProposalsRoute } from './customers/relations/read-groups.ts'
import { getRelationGraphRoute, listRelationsRoute } from './customers/relations/read-relations.ts'
import { endRelationRoute, recordRelationRoute } from './customers/relations/record-relation.ts'
import { explainOwnersRoute, fileOwnersRoute, getOwnersRoute, workOutOwnersRoute } from './customers/relations/work-out-owners.ts'
import { addIdentityRoute, renewIdentityRoute } from './customers/file/add-identity.ts'
import { endPhoneRoute } from './customers/file/end-phone.ts'
import { attachFileRoute, downloadFileRoute } from './customers/file/attach-file.ts'
import { getFileRoute } from './customers/file/read-file.ts'
import { saveGroupRoute } from './customers/file/save-group.ts'
import { addRowRoute, changeRowRoute, endRowRoute } from './customers/file/save-row.ts'
import { changeHandOverListRoute, closeHandOverRoute, moveHandOverDayRoute, sampleHandOverRoute } from './customers/ownership/change-hand-over.ts'
import { claimCustomerRoute, contestClaimRoute, listClaimsRoute, listPoolRoute, withdrawClaimRoute } from './customers/ownership/claim-customer.ts'
import { openHandOverRoute } from './customers/ownership/open-hand-over.ts'
import { getHandOverRoute, listHandOverItemsRoute, listHandOversRoute } from './customers/ownership/read-hand-overs.ts'
import { getAllocationRoute, listAllocationsRoute, proposeAllocationRoute, withdrawAllocationRoute } from './customers/ownership/propose-allocation.ts'
import { readOwnershipRoute } from './customers/ownership/read-ownership.ts'
import { listLoadsRoute, readLoadRoute } from './customers/ownership/show-loads.ts'
import { askSubstitutionRoute, findSubstitutesRoute, listSubstitutionsRoute, readHappenedRoute } from './customers/ownership/substitute.ts'
import { decideAllocationRoute, excludeManagerRoute } from './flows/allocate-pool.ts'
import { assignCustomerRoute } from './flows/assign-customer.ts'
import { decideClaimsRoute, returnToPoolRoute } from './flows/decide-pool.ts'
import { finishHandOverListRoute, withdrawHandOverRoute } from './flows/list-hand-over.ts'
import { signHandOverRoute } from './flows/sign-hand-over.ts'
import { confirmSubstitutionRoute, endSubstitutionRoute } from './flows/substitute.ts'
import { takeOverAtOnceRoute } from './flows/take-over-at-once.ts'
import { findLoansRoute } from './holdings/find-loans.ts'
import { listTransactionsRoute } from './holdings/list-transactions.ts'
import { exportDepositViewRoute, getDepositViewRoute } from './holdings/read-deposit-view.ts'
import { getHoldingsRoute } from './holdings/read-holdings.ts'
import { getValueTrendRoute } from './holdings/read-value-trend.ts'
import { revealAccountRoute } from './holdings/reveal-account.ts'
import { listCustomerBookRoute, noteInCustomerBookRoute } from './day-reports/customer-book.ts'
import { noteReportRoute, signReportRoute } from './day-reports/judge-report.ts'
import { countUnitReportsRoute, listMyReportsRoute, listReportsToAnswerRoute, listUnitReportsRoute } from './day-reports/list-reports.ts'
import { getMyReportRoute, getReportRoute } from './day-reports/show-report.ts'
import { answerReportRoute } from './flows/answer-day-report.ts'
import { confirmMyReportRoute, recordPhoneReportRoute } from './flows/confirm-day-report.ts'
import { actOnTaskRoute } from './duties/act-on-task.ts'
import { findTaskOwnersRoute, giveTaskRoute } from './duties/give-task.ts'
import { confirmCalendarYearRoute, enterCalendarYearRoute, listCalendarYearsRoute, returnCalendarYearRoute } from './duties/keep-calendar-years.ts'
import { confirmDutyRoute, listDutiesRoute, proposeDutyRoute, returnDutyRoute } from './duties/keep-duties.ts'
import { getTaskRoute, listTasksRoute } from './duties/list-tasks.ts'
import { excuseDutyRoute, finishDutyRoute, getDigestRoute, listMyDutiesRoute, listTeamDutiesRoute } from './duties/my-duties.ts'
import type { Route } from './foundation/http/route.ts'
import { apiDescriptionRoute, healthRoute, readinessRoute } from './foundation/http/system-routes.ts'
import { closeDeviceRoute, listDevicesRoute, openDeviceRoute, withdrawDeviceRoute } from './access/keep-devices.ts'
import { changePasswordRoute, getSessionRoute, signInRoute, signOutRoute, switchPostRoute } from './access/sign-in.ts'
import { addMeetingActionRoute } from './flows/add-meeting-action.ts'
import { listMessagesRoute, listChannelsRoute, retryMessageRoute, withdrawMessageRoute } from './messages/list-messages.ts'
import { confirmTemplateRoute, listTemplatesRoute, proposeTemplateRoute, returnTemplateRoute } from './messages/keep-templates.ts'
import { approveBatchRoute, listBatchesRoute, previewGreetingsRoute, returnBatchRoute, sendGreetingsRoute } from './messages/send-greetings.ts'
import { takeAnswerRoute } from './flows/take-opt-out.ts'
import { takeReceiptRoute } from './messages/take-receipt.ts'
import { listStaffAddressesRoute, setStaffAddressRoute } from './messages/keep-staff-addresses.ts'
import { chooseNoticesRoute, getNoticeSettingsRoute, listNoticesRoute, markNoticesRoute } from './messages/list-notices.ts'
import { cancelAppointmentRoute, finishAppointmentRoute, moveAppointmentRoute, planAppointmentRoute } from './meetings/keep-appointments.ts'
import { getCalendarFeedRoute, makeCalendarFeedRoute, revokeCalendarFeedRoute, switchCalendarFeedRoute } from './meetings/keep-calendar-feed.ts'
import { markAttendanceRoute, nameFocusRoute, prepareMeetingRoute, saveMeetingPartRoute, turnMeetingRoute } from './meetings/keep-meetings.ts'
import { givePraiseRoute, listPraiseRoute, retractPraiseRoute } from './meetings/keep-praise.ts'
import { listAppointmentsRoute } from './meetings/list-appointments.ts'
import { readMeetingAgendaRoute } from './meetings/read-agenda.ts'
import { readMeetingOverviewRoute } from './meetings/read-overview.ts'
import { readCalendarFeedRoute } from './meetings/read-calendar-feed.ts'
import { getMeetingRoute, listMeetingsRoute } from './meetings/read-meetings.ts'
import { getMinutesRoute } from './meetings/write-minutes.ts'
import { judgePlanRoute, makePlanRoute, reviewPlanRoute, savePlanRoute, submitPlanRoute } from './meetings/keep-plans.ts'
import { getMyPlanRoute, getPlanRoute, listMyPlansRoute, listUnitPlansRoute } from './meetings/read-plans.ts'
import { getPlanDocumentRoute } from './meetings/write-plan.ts'
import { getPlanSheetRoute, getUnitPlansSheetRoute } from './meetings/write-plan-sheet.ts'
import { addInstitutionRoute, closeInstitutionRoute, renameInstitutionRoute } from './organisation/change-institution.ts'
import { hirePersonRoute, holdGradeRoute } from './organisation/change-person.ts'
import { listInstitutionsRoute } from './organisation/list-institutions.ts'
import { listPeopleRoute, listPostsRoute } from './organisation/list-people.ts'
import { getPersonRoute } from './organisation/read-person.ts'
import { exportCommitmentsRoute, listCommitmentsRoute } from './reports/list-commitments.ts'
import { readSetUpRoute } from './reports/read-set-up.ts'
import { readMyAgendaRoute } from './reports/read-my-agenda.ts'
import { readMyDayRoute } from './reports/read-my-day.ts'
import { readTeamDayRoute } from './reports/read-team-day.ts'
import { askExportRoute, decideExportRoute, fetchExportRoute, listExportsRoute, withdrawExportRoute } from './customers/lists/ask-export.ts'
import { checkImportRoute } from './customers/lists/check-import.ts'
import { runImportRoute } from './customers/lists/run-import.ts'
import { getImportRoute, importRejectsRoute, importTemplateRoute, listImportLinesRoute, listImportRowsRoute, listImportsRoute } from './customers/lists/show-imports.ts'
import { undoImportRoute } from './customers/lists/undo-import.ts'
import { batchTagRoute } from './customers/lists/tag-customers.ts'
import { batchPlanRoute } from './flows/plan-contacts.ts'
import { batchAssignRoute } from './flows/assign-customers.ts'
import { createSavedViewRoute, changeSavedViewRoute, endSavedViewRoute, listSavedViewsRoute, listSharingPostsRoute } from './foundation/views/keep-saved-views.ts'
import { changeSegmentRoute, createSegmentRoute, endSegmentRoute, listSegmentsRoute } from './customers/lists/keep-segments.ts'
import { createTagRoute, endTagRoute, listCustomerTagsRoute, listTagsRoute, tagCustomerRoute, untagCustomerRoute } from './customers/lists/keep-tags.ts'
import { listSegmentFieldsRoute, trySegmentRoute } from './customers/lists/try-segment.ts'
import { readTimelineRoute } from './reports/read-timeline.ts'
import { addSecretNoteRoute, listSecretNotesRoute, nameSecretReadersRoute, readSecretNoteRoute } from './conduct/secret-notes.ts'
import { decidePolicyRoute, listPoliciesRoute, proposePolicyRoute } from './contact-plan/keep-policy.ts'
import { listDueContactsRoute } from './contact-plan/list-due-contacts.ts'
import { getLeaderVisitRoute, listLeaderVisitsRoute, noteKeyEventRoute, voidKeyEventRoute } from './contact-plan/list-leader-visits.ts'
import { getCoverageRoute, getCoverageTodayRoute, getCustomerDutyRoute, listCoverageDutiesRoute } from './contact-plan/read-coverage.ts'
import { correctContactRoute, recordContactRoute, voidContactRoute } from './flows/record-contact.ts'
import { findColleaguesRoute } from './visits/find-colleagues.ts'
import { actOnPromiseRoute, checkContactRoute } from './visits/act-on-promise.ts'
import { addPhotoRoute, listPhotosRoute, removePhotoRoute, showPhotoRoute } from './visits/keep-photos.ts'
import { printContactRoute, printContactsRoute } from './visits/print-contacts.ts'
import { printNeedCardRoute } from './visits/needs/print-need-card.ts'
import { getContactRoute, listContactsRoute, listCustomerContactsRoute } from './visits/list-contacts.ts'
import { answerNeedRoute, commentNeedCardRoute, moveNeedRoute, voidNeedCardRoute } from './visits/needs/keep-needs.ts'
import { recordNeedCardRoute } from './flows/record-need-card.ts'
import { countUnmetNeedsRoute, listNeedCardsRoute, listNeedProductsRoute, listNeedsRoute } from './visits/needs/read-needs.ts'
import { listRestrictedTextsRoute, nameRestrictedReadersRoute, readRestrictedTextRoute } from './visits/restricted-texts.ts'
import { confirmIndicatorFactRoute, enterIndicatorFactRoute, listIndicatorFactsRoute, returnIndicatorFactRoute } from './performance/enter-indicator-fact.ts'
import { computeIndicatorsRoute, decideIndicatorRoute, listIndicatorsRoute, proposeIndicatorRoute, tryIndicatorRoute } from './performance/keep-indicators.ts'
import { checkAppealRoute, getAppealRoute, listAppealsRoute, openAppealRoute, withdrawAppealRoute } from './performance/appeal/keep-appeals.ts'
import { listDeductionsRoute, proposeExemptionRoute } from './performance/deferral/exempt.ts'
import { answerPayCaseRoute, decidePayCaseRoute, proposeClaimPartRoute, proposeClawBackRoute, proposeTranchesRoute } from './performance/deferral/keep-cases.ts'
import { getPayCaseRoute, listDeferralsRoute, listMyDeferralsRoute, listPayCasesRoute } from './performance/deferral/show-deferrals.ts'
import { answerObjectionRoute, makeObjectionRoute } from './performance/inspection/answer-objections.ts'
import { confirmRunRoute } from './performance/inspection/confirm-run.ts'
import { enterFindingRoute, fetchEvidenceRoute, giveFindingsRoute } from './performance/inspection/give-findings.ts'
import { decideCheckListRoute, enterCheckListRoute, listCheckListsRoute } from './performance/inspection/keep-lists.ts'
import { drawRunRoute, getRunOptionsRoute, planRunRoute, withdrawRunRoute } from './performance/inspection/keep-runs.ts'
import { getRunRoute, listInspectorsRoute, listMyFindingsRoute, listRunsRoute } from './performance/inspection/read-runs.ts'
import { listTalksRoute, recordTalkRoute, signTalkRoute } from './performance/appeal/keep-talks.ts'
import { castVoteRoute, closeMotionRoute, getMotionRoute, printMinutesRoute, putMotionRoute } from './performance/appraisal-group/decide-motions.ts'
import { giveMarkRoute, listMarksRoute } from './performance/appraisal-group/give-marks.ts'
import { findGroupPeopleRoute, listAppraisalGroupsRoute, makeAppraisalGroupRoute } from './performance/appraisal-group/keep-groups.ts'
import { addObjectiveRoute, endObjectiveRoute, listObjectivesRoute } from './performance/plan/keep-objectives.ts'
import { acknowledgeFindingRoute, actOnAppraisalPlanRoute, giveAuthorisationRoute, makeAppraisalPlanRoute } from './performance/plan/keep-plans.ts'
import { getAppraisalPlanRoute, listMyAppraisalPlansRoute, listPlanOptionsRoute, listAppraisalPlansRoute } from './performance/plan/show-plans.ts'
import { listSettlementsRoute, runSettlementRoute, watchSettlementRoute } from './performance/run-settlement.ts'
import { getFactBookingsRoute } from './performance/show-fact-bookings.ts'
import { listIndicatorRowsRoute, showIndicatorRoute } from './performance/show-indicator.ts'
import { acknowledgeSchemeRoute, compareSchemeRoute, decideSchemeRoute, openSchemeDeskRoute, proposeSchemeRoute, readSchemeRoute, trySchemeRoute, watchComparisonRoute } from './performance/schemes/keep-schemes.ts'
import { openWhatIfRoute, tryWhatIfRoute } from './performance/schemes/show-what-if.ts'
import { listSchemesRoute } from './performance/show-schemes.ts'
import { listSplitPeopleRoute } from './performance/statement/read-split.ts'
import { listBlockSchemesRoute, tryRuleRoute } from './performance/try-rule.ts'
import {
  getAnyStatementRoute, getMyStatementRoute, getTeamStatementRoute, listAnyStatementFactsRoute, listMyStatementFactsRoute, listStatementPeopleRoute, listTeamStatementFactsRoute, listTeamStatementsRoute,
} from './performance/show-statement.ts'
import { exportAnalysisRoute } from './performance/analysis/export-analysis.ts'
import { readAnalysisRoute } from './performance/analysis/read-analysis.ts'
import { readBoardRoute } from './performance/board/read-board.ts'
import { printAnyStatementRoute, printMyStatementRoute, printTeamStatementRoute } from './performance/statement/print-statement.ts'
import { getDeliveryRoute, listDeliveriesRoute, listRejectsRoute } from './deliveries/list-deliveries.ts'
import { listJobsRoute, stopJobRoute } from './deliveries/list-jobs.ts'
import { readRejectValueRoute, signOffDeliveryRoute } from './deliveries/sign-off-delivery.ts'
import { getDeliveryStateRoute, startLoadRoute } from './deliveries/start-load.ts'
import { answerAlertRoute, silenceAlertRoute } from './watch/answer-alert.ts'
import { decideLimitRoute, listLimitsRoute, proposeLimitRoute } from './watch/keep-limits.ts'
import { getAlertFiguresRoute, getCustomerWatchRoute, listAlertsRoute } from './watch/list-alerts.ts'
import { decideLeadRoute, listLeadsRoute } from './watch/list-leads.ts'
import { exportMaturitiesRoute, getRenewalRatesRoute, listMaturitiesRoute } from './watch/list-maturities.ts'
import { exportGapsRoute, exportLeadsRoute, exportMovementsRoute } from './watch/export-watched.ts'
import { listMovementsRoute } from './watch/list-movements.ts'
import { prepareMaturityRoute, setMaturityResultRoute } from './watch/prepare-maturity.ts'
import { excludeFromChurnRoute, getChurnRoute, listStandingsRoute } from './watch/read-churn.ts'

/** EVERY endpoint of the product, by capability. One line, one address. */
export const routes: readonly Route[] = [
  // the product itself
  healthRoute,
  readinessRoute,
  apiDescriptionRoute(() => routes, permissionTable),
  // a new bank
  beginBankRoute,
  readSetUpRoute,
  // access
  getStartRoute,
  getSessionRoute,
  signInRoute,
  signOutRoute,
  openDeviceRoute,
  closeDeviceRoute,
  listDevicesRoute,
  withdrawDeviceRoute,
  changePasswordRoute,
  switchPostRoute,
  setFirstPasswordRoute,
  readRightsRoute(() => routes, permissionTable),
  readDataInventoryRoute,
  listRetentionCasesRoute,
  readRetentionRulesRoute,
  proposeRetentionRoute,
  signRetentionRoute,
  carryOutRetentionRoute,
  listLegalHoldsRoute,
  enterLegalHoldRoute,
  decideLegalHoldRoute,
  askLiftHoldRoute,
  decideLiftHoldRoute,
  listJournalRoute,
  verifyJournalRoute,
  customerHistoryRoute,
  personHistoryRoute,
  institutionHistoryRoute,
  // organisation
  listInstitutionsRoute,
  addInstitutionRoute,
  renameInstitutionRoute,
  closeInstitutionRoute,
  listPostsRoute,
  listPeopleRoute,
  getPersonRoute,
  hirePersonRoute,
  holdPostRoute,
  endPostRoute,
  transferPersonRoute,
  holdGradeRoute,
  endEmploymentRoute,
  // contacts, coverage
  recordContactRoute,
  correctContactRoute,
  voidContactRoute,
  listCustomerContactsRoute,
  getContactRoute,
  listContactsRoute,
  actOnPromiseRoute,
  checkContactRoute,
  addPhotoRoute,
  listPhotosRoute,
  showPhotoRoute,
  removePhotoRoute,
  printContactRoute,
  printContactsRoute,
  printNeedCardRoute,
  findColleaguesRoute,
  listNeedCardsRoute,
  recordNeedCardRoute,
  moveNeedRoute,
  answerNeedRoute,
  commentNeedCardRoute,
  voidNeedCardRoute,
  listNeedsRoute,
  countUnmetNeedsRoute,
  listNeedProductsRoute,
  listRestrictedTextsRoute,
  readRestrictedTextRoute,
  nameRestrictedReadersRoute,
  getCoverageRoute,
  getCoverageTodayRoute,
  listCoverageDutiesRoute,
  getCustomerDutyRoute,
  listDueContactsRoute,
  listLeaderVisitsRoute,
  getLeaderVisitRoute,
  noteKeyEventRoute,
  voidKeyEventRoute,
  listPoliciesRoute,
  proposePolicyRoute,
  decidePolicyRoute,
  listCommitmentsRoute,
  exportCommitmentsRoute,
  readMyDayRoute,
  readMyAgendaRoute,
  readTeamDayRoute,
  // what is watched: movements, ends, churn, gaps, leads, and their alerts
  listMovementsRoute,
  exportMovementsRoute,
  exportGapsRoute,
  exportLeadsRoute,
  listAlertsRoute,
  getAlertFiguresRoute,
  getCustomerWatchRoute,
  answerAlertRoute,
  silenceAlertRoute,
  listMaturitiesRoute,
  exportMaturitiesRoute,
  getRenewalRatesRoute,
  prepareMaturityRoute,
  setMaturityResultRoute,
  getChurnRoute,
  listLimitsRoute,
  proposeLimitRoute,
  decideLimitRoute,
  listStandingsRoute,
  excludeFromChurnRoute,
  listLeadsRoute,
  decideLeadRoute,
  // the anti-money-laundering desk
  listSecretNotesRoute,
  readSecretNoteRoute,
  addSecretNoteRoute,
  nameSecretReadersRoute,
  // customers and what they hold
  listCustomersRoute,
  exportCustomersRoute,
  createCustomerRoute,
  getCustomerRoute,
  readTimelineRoute,
  // tiers and value
  getProfitViewRoute,
  listProfitCustomersRoute,
  exportProfitRoute,
  listTierMovesRoute,
  readTierMatrixRoute,
  exportTierMovesRoute,
  getCustomerTierRoute,
  decideTierMoveRoute,
  proposeStrategicRoute,
  decideStrategicRoute,
  endStrategicRoute,
  listTierRulesRoute,
  previewTierRuleRoute,
  proposeTierRuleRoute,
  decideTierRuleRoute,
  getCustomerValueRoute,
  listValuePricesRoute,
  proposeValueRoute,
  decideValueRoute,
  computeValueRoute,
  // lists: views, segments, tags
  listSavedViewsRoute,
  listSharingPostsRoute,
  createSavedViewRoute,
  changeSavedViewRoute,
  endSavedViewRoute,
  listSegmentsRoute,
  listSegmentFieldsRoute,
  trySegmentRoute,
  createSegmentRoute,
  changeSegmentRoute,
  endSegmentRoute,
  listTagsRoute,
  createTagRoute,
  endTagRoute,
  listCustomerTagsRoute,
  tagCustomerRoute,
  untagCustomerRoute,
  batchTagRoute,
  batchPlanRoute,
  batchAssignRoute,
  askExportRoute,
  listExportsRoute,
  decideExportRoute,
  withdrawExportRoute,
  fetchExportRoute,
  importTemplateRoute,
  checkImportRoute,
  listImportsRoute,
  getImportRoute,
  listImportRowsRoute,
  listImportLinesRoute,
  importRejectsRoute,
  runImportRoute,
  undoImportRoute,
  editCustomerRoute,
  listIdentityChangesRoute,
  getIdentityChangesRoute,
  proposeIdentityChangeRoute,
  attachProofRoute,
  downloadProofRoute,
  decideIdentityChangeRoute,
  withdrawIdentityChangeRoute,
  assignCustomerRoute,
  revealNumberRoute,
  // the customer's file
  getFileRoute,
  saveGroupRoute,
  addRowRoute,
  changeRowRoute,
  endRowRoute,
  attachFileRoute,
  downloadFileRoute,
  addIdentityRoute,
  renewIdentityRoute,
  endPhoneRoute,
  // ownership: load, pool, hand-over, substitution
  readOwnershipRoute,
  listLoadsRoute,
  readLoadRoute,
  listPoolRoute,
  listClaimsRoute,
  claimCustomerRoute,
  contestClaimRoute,
  withdrawClaimRoute,
  decideClaimsRoute,
  returnToPoolRoute,
  listAllocationsRoute,
  getAllocationRoute,
  proposeAllocationRoute,
  withdrawAllocationRoute,
  decideAllocationRoute,
  excludeManagerRoute,
  listHandOversRoute,
  takeOverAtOnceRoute,
  openHandOverRoute,
  getHandOverRoute,
  listHandOverItemsRoute,
  changeHandOverListRoute,
  finishHandOverListRoute,
  sampleHandOverRoute,
  signHandOverRoute,
  moveHandOverDayRoute,
  withdrawHandOverRoute,
  closeHandOverRoute,
  listSubstitutionsRoute,
  findSubstitutesRoute,
  askSubstitutionRoute,
  confirmSubstitutionRoute,
  endSubstitutionRoute,
  readHappenedRoute,
  listGrantsRoute,
  giveGrantRoute,
  withdrawGrantRoute,
  getHoldingsRoute,
  listTransactionsRoute,
  getValueTrendRoute,
  revealAccountRoute,
  getDepositViewRoute,
  exportDepositViewRoute,
  findLoansRoute,
  // relations, groups, households, beneficial owners
  listRelationsRoute,
  getRelationGraphRoute,
  recordRelationRoute,
  endRelationRoute,
  getOwnersRoute,
  workOutOwnersRoute,
  fileOwnersRoute,
  explainOwnersRoute,
  listGroupsRoute,
  listProposalsRoute,
  getProposalGraphRoute,
  confirmProposalRoute,
  declineProposalRoute,
  getGroupRoute,
  changeGroupRoute,
  endMemberRoute,
  makeHouseholdRoute,
  addHouseholdMemberRoute,
  endHouseholdRoute,
  // duplicates and merge
  checkDuplicatesRoute,
  listDuplicatesRoute,
  decideDifferentRoute,
  decideSamePersonRoute,
  startScanRoute,
  previewMergeRoute,
  proposeMergeRoute,
  listMergesRoute,
  getMergeRoute,
  confirmMergeRoute,
  returnMergeRoute,
  undoMergeRoute,
  findAliasRoute,
  // appointments, the calendar feed
  listAppointmentsRoute,
  planAppointmentRoute,
  moveAppointmentRoute,
  cancelAppointmentRoute,
  finishAppointmentRoute,
  getCalendarFeedRoute,
  makeCalendarFeedRoute,
  revokeCalendarFeedRoute,
  switchCalendarFeedRoute,
  readCalendarFeedRoute,
  // morning meeting, praise
  listMeetingsRoute,
  prepareMeetingRoute,
  getMeetingRoute,
  readMeetingAgendaRoute,
  readMeetingOverviewRoute,
  saveMeetingPartRoute,
  markAttendanceRoute,
  addMeetingActionRoute,
  nameFocusRoute,
  turnMeetingRoute,
  getMyPlanRoute,
  listMyPlansRoute,
  listUnitPlansRoute,
  getPlanRoute,
  makePlanRoute,
  savePlanRoute,
  submitPlanRoute,
  judgePlanRoute,
  reviewPlanRoute,
  getPlanDocumentRoute,
  getPlanSheetRoute,
  getUnitPlansSheetRoute,
  getMinutesRoute,
  givePraiseRoute,
  listPraiseRoute,
  retractPraiseRoute,
  // messages to customers
  listTemplatesRoute,
  proposeTemplateRoute,
  confirmTemplateRoute,
  returnTemplateRoute,
  previewGreetingsRoute,
  sendGreetingsRoute,
  listBatchesRoute,
  approveBatchRoute,
  returnBatchRoute,
  listMessagesRoute,
  retryMessageRoute,
  withdrawMessageRoute,
  listChannelsRoute,
  // collection forms
  listFormsRoute,
  getFormRoute,
  makeFormRoute,
  changeFormRoute,
  openFormRoute,
  endFormRoute,
  readAnswersRoute,
  exportAnswersRoute,
  getAnswerRoute,
  saveAnswerRoute,
  submitAnswerRoute,
  returnAnswerRoute,
  confirmAnswerRoute,
  sendBackAnswerRoute,
  answerSheetRoute,
  uploadAnswerRoute,
  attachToAnswerRoute,
  fetchAnswerFileRoute,
  nameFillerRoute,
  listReviewsRoute,
  decideReviewRoute,
  // internal coordination
  listCasesRoute,
  getCaseRoute,
  askCaseRoute,
  actOnCaseRoute,
  addCaseMemberRoute,
  endCaseMemberRoute,
  addCaseTaskRoute,
  endCaseTaskRoute,
  findUnitsRoute,
  findPeopleRoute,
  answerTimesRoute,
  takeReceiptRoute, takeAnswerRoute, listNoticesRoute, markNoticesRoute, getNoticeSettingsRoute, chooseNoticesRoute, listStaffAddressesRoute, setStaffAddressRoute,
  // duties, assigned tasks, the working calendar
  listMyDutiesRoute,
  getDigestRoute,
  finishDutyRoute,
  listTeamDutiesRoute,
  excuseDutyRoute,
  listDutiesRoute,
  proposeDutyRoute,
  confirmDutyRoute,
  returnDutyRoute,
  listTasksRoute,
  getTaskRoute,
  giveTaskRoute,
  actOnTaskRoute,
  findTaskOwnersRoute,
  listCalendarYearsRoute,
  enterCalendarYearRoute,
  confirmCalendarYearRoute,
  returnCalendarYearRoute,
  // reports of a day and of a month, the lobby's customer book
  getMyReportRoute,
  listMyReportsRoute,
  confirmMyReportRoute,
  recordPhoneReportRoute,
  listUnitReportsRoute,
  countUnitReportsRoute,
  listReportsToAnswerRoute,
  getReportRoute,
  noteReportRoute,
  signReportRoute,
  answerReportRoute,
  listCustomerBookRoute,
  noteInCustomerBookRoute,
  // performance
  getMyStatementRoute,
  listMyStatementFactsRoute,
  listTeamStatementsRoute,
  getTeamStatementRoute,
  listTeamStatementFactsRoute,
  listStatementPeopleRoute,
  getAnyStatementRoute,
  listAnyStatementFactsRoute,
  readBoardRoute,
  readAnalysisRoute,
  exportAnalysisRoute,
  printMyStatementRoute,
  printTeamStatementRoute,
  printAnyStatementRoute,
  getFactBookingsRoute,
  listSchemesRoute,
  listSettlementsRoute,
  listSplitPeopleRoute,
  runSettlementRoute,
  watchSettlementRoute,
  closeSettlementRoute,
  listIndicatorFactsRoute,
  enterIndicatorFactRoute,
  confirmIndicatorFactRoute,
  returnIndicatorFactRoute,
  listIndicatorsRoute,
  proposeIndicatorRoute,
  tryIndicatorRoute,
  decideIndicatorRoute,
  computeIndicatorsRoute,
  showIndicatorRoute,
  listIndicatorRowsRoute,
  listAppraisalGroupsRoute,
  findGroupPeopleRoute,
  makeAppraisalGroupRoute,
  getMotionRoute,
  putMotionRoute,
  castVoteRoute,
  closeMotionRoute,
  printMinutesRoute,
  listMarksRoute,
  giveMarkRoute,
  listInspectorsRoute,
  listRunsRoute,
  getRunRoute,
  listMyFindingsRoute,
  getRunOptionsRoute,
  planRunRoute,
  drawRunRoute,
  enterFindingRoute,
  giveFindingsRoute,
  makeObjectionRoute,
  answerObjectionRoute,
  confirmRunRoute,
  withdrawRunRoute,
  fetchEvidenceRoute,
  listCheckListsRoute,
  enterCheckListRoute,
  decideCheckListRoute,
  listAppealsRoute,
  getAppealRoute,
  checkAppealRoute,
  openAppealRoute,
  withdrawAppealRoute,
  listTalksRoute,
  recordTalkRoute,
  signTalkRoute,
  listDeferralsRoute,
  listMyDeferralsRoute,
  listPayCasesRoute,
  getPayCaseRoute,
  proposeTranchesRoute,
  proposeClawBackRoute,
  proposeClaimPartRoute,
  answerPayCaseRoute,
  decidePayCaseRoute,
  listDeductionsRoute,
  proposeExemptionRoute,
  listObjectivesRoute,
  addObjectiveRoute,
  endObjectiveRoute,
  listAppraisalPlansRoute,
  listMyAppraisalPlansRoute,
  getAppraisalPlanRoute,
  listPlanOptionsRoute,
  makeAppraisalPlanRoute,
  actOnAppraisalPlanRoute,
  acknowledgeFindingRoute,
  giveAuthorisationRoute,
  listBlockSchemesRoute,
  tryRuleRoute,
  openSchemeDeskRoute,
  trySchemeRoute,
  proposeSchemeRoute,
  acknowledgeSchemeRoute,
  decideSchemeRoute,
  readSchemeRoute,
  compareSchemeRoute,
  watchComparisonRoute,
  openWhatIfRoute,
  tryWhatIfRoute,
  // deliveries, long work
  listDeliveriesRoute,
  getDeliveryStateRoute,
  getDeliveryRoute,
  listRejectsRoute,
  readRejectValueRoute,
  signOffDeliveryRoute,
  startLoadRoute,
  listJobsRoute,
  stopJobRoute,
]
