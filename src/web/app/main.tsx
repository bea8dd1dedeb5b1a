// oxlint-disable-next-line typescript/triple-slash-reference -- ambient: a module declaration cannot be imported
/// <reference path="../ui/css.d.ts" />
import { render } from 'preact';
import { App } from './app.tsx';
import { tokenIn } from './scan/meaning.ts';
import { keptTicket } from './state/route.ts';
import { wearTheme } from './state/theme.ts';
import { keepOffline } from './state/update.tsx';
import '../ui/style/tokens.css';
import '../ui/style/base.css';
import '../ui/style/parts.css';
import './style/app.css';
import './style/pad.css';

// Opened by the phone's own camera: the token leaves the address at once, before anything else can read it there.
const token = tokenIn(location.pathname);
if (token !== null) history.replaceState(null, '', '/app/#/token');
wearTheme();

const root = document.getElementById('app');
if (root !== null) render(<App ticket={token === null ? keptTicket() : { token }} />, root);

void keepOffline();
