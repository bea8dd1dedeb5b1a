// Forward-only, numbered, named by intent. A migration is a list of statements for the dialect at hand.
import { house } from './0001-house.ts';
import { restoreFloor } from './0002-restore-floor.ts';
import { audit } from './0003-audit.ts';
import { enrolment } from './0004-enrolment.ts';
import { sessions } from './0005-sessions.ts';
import { approvals } from './0006-approvals.ts';
import { trust } from './0007-trust.ts';
import { appPasswords } from './0008-app-passwords.ts';
import { methods } from './0009-methods.ts';
import { operators } from './0010-operators.ts';
import { oidc } from './0011-oidc.ts';
import { activity } from './0012-activity.ts';
import { spentSteps } from './0012-spent-steps.ts';
import { challengeTarget } from './0013-challenge-target.ts';
import { pushKeys } from './0014-push-keys.ts';
import { wechat } from './0015-wechat.ts';
import { change } from './0016-change.ts';
import { kdf } from './0017-kdf.ts';
import { cases } from './0018-cases.ts';
import { search } from './0019-search.ts';
import { cutover } from './0020-cutover.ts';
import { auditIndex } from './0021-audit-index.ts';
import { bulk } from './0021-bulk.ts';
import { activityNarrow } from './0022-activity-narrow.ts';
import { groupSnapshots } from './0023-group-snapshots.ts';
import { cutoverApproval } from './0024-cutover-approval.ts';
import { takenBack } from './0025-taken-back.ts';
import { withdrawn } from './0026-withdrawn.ts';
import { bulkAsked } from './0027-bulk-asked.ts';
import { askedLoggedIn } from './0028-asked-logged-in.ts';
import { suspensions } from './0029-suspensions.ts';
import { bulkChange } from './0030-bulk-change.ts';
import { channelNodes } from './0031-channel-nodes.ts';
import { cohortMost } from './0032-cohort-most.ts';
import { cutoverAffected } from './0033-cutover-affected.ts';
import type { Dialect } from './dialect.ts';

export const MIGRATIONS: readonly {
  readonly name: string;
  readonly statements: (dialect: Dialect) => readonly string[];
}[] = [
  { name: '0001-house', statements: house },
  { name: '0002-restore-floor', statements: restoreFloor },
  { name: '0003-audit', statements: audit },
  { name: '0005-sessions', statements: sessions },
  { name: '0006-approvals', statements: approvals },
  { name: '0007-trust', statements: trust },
  { name: '0008-app-passwords', statements: appPasswords },
  { name: '0004-enrolment', statements: enrolment },
  { name: '0009-methods', statements: methods },
  { name: '0011-oidc', statements: oidc },
  { name: '0012-spent-steps', statements: spentSteps },
  { name: '0012-activity', statements: activity },
  { name: '0013-challenge-target', statements: challengeTarget },
  { name: '0014-push-keys', statements: pushKeys },
  { name: '0015-wechat', statements: wechat },
  { name: '0016-change', statements: change },
  { name: '0017-kdf', statements: kdf },
  { name: '0010-operators', statements: operators },
  { name: '0020-cutover', statements: cutover },
  { name: '0021-audit-index', statements: auditIndex },
  { name: '0022-activity-narrow', statements: activityNarrow },
  { name: '0019-search', statements: search },
  { name: '0018-cases', statements: cases },
  { name: '0021-bulk', statements: bulk },
  { name: '0023-group-snapshots', statements: groupSnapshots },
  { name: '0024-cutover-approval', statements: cutoverApproval },
  { name: '0025-taken-back', statements: takenBack },
  { name: '0026-withdrawn', statements: withdrawn },
  { name: '0027-bulk-asked', statements: bulkAsked },
  { name: '0028-asked-logged-in', statements: askedLoggedIn },
  { name: '0029-suspensions', statements: suspensions },
  { name: '0031-channel-nodes', statements: channelNodes },
  { name: '0030-bulk-change', statements: bulkChange },
  { name: '0032-cohort-most', statements: cohortMost },
  { name: '0033-cutover-affected', statements: cutoverAffected },
];
