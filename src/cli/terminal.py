"""Runs a command on a pseudo-terminal of its own and types at it, for run-on-terminal.ts.

terminal.py STEPS COMMAND...    STEPS is JSON: [{"await": text} | {"type": hex} | {"signal": number} | {"echo": boolean} | {"echoes": true}, ...]
"echo": true switches the terminal's echo on, as a shell does; false waits until it is off. "echoes" waits until it is on.
Prints JSON: what the terminal showed, standard output, the exit code, and the terminal's settings.
"""

import fcntl
import json
import os
import pty
import select
import subprocess
import sys
import termios
import time

SECONDS = 40


def main():
    steps, command = json.loads(sys.argv[1]), sys.argv[2:]
    master, slave = pty.openpty()
    before = termios.tcgetattr(slave)
    child = subprocess.Popen(
        command,
        stdin=slave,
        stdout=subprocess.PIPE,
        stderr=slave,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    shown = b''
    seen = 0
    echo_at_prompts = []
    deadline = time.monotonic() + SECONDS

    def read_on(seconds):
        nonlocal shown
        if select.select([master], [], [], seconds)[0]:
            shown += os.read(master, 65536)

    for step in steps:
        if 'await' in step:
            text = step['await'].encode()
            while text not in shown[seen:] and time.monotonic() < deadline and child.poll() is None:
                read_on(0.1)
            seen = shown.find(text, seen) + len(text) if text in shown[seen:] else seen
            echo_at_prompts.append(is_echoing(slave))
        if 'type' in step:
            os.write(master, bytes.fromhex(step['type']))
        if 'signal' in step:
            child.send_signal(step['signal'])
        if step.get('echo') is True:
            termios.tcsetattr(slave, termios.TCSANOW, before)
        if step.get('echo') is False:
            wait_for_echo(slave, False, deadline)
        if 'echoes' in step:
            wait_for_echo(slave, True, deadline)
    while child.poll() is None:
        read_on(0.05)
        if time.monotonic() > deadline:
            child.kill()
    stdout = child.stdout.read()
    while select.select([master], [], [], 0.1)[0]:
        shown += os.read(master, 65536)
    print(
        json.dumps(
            {
                'shown': shown.decode('utf-8', 'replace'),
                'stdout': stdout.decode('utf-8', 'replace'),
                'code': child.returncode,
                'echoAtPrompts': echo_at_prompts,
                'echoBefore': bool(before[3] & termios.ECHO),
                'isRestored': termios.tcgetattr(slave) == before,
            }
        )
    )


def wait_for_echo(terminal, on, deadline):
    while is_echoing(terminal) != on and time.monotonic() < deadline:
        time.sleep(0.01)


def is_echoing(terminal):
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


main()
