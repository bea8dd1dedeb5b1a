// oxlint-disable-next-line typescript/triple-slash-reference -- ambient: a module declaration cannot be imported
/// <reference path="./css.d.ts" />
import { render } from 'preact';
import { App } from './app.tsx';
import './style/tokens.css';
import './style/base.css';
import './style/ui.css';
import './style/bar.css';
import './style/frames.css';
import './style/login.css';
import './style/security.css';
import './style/trading.css';

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
