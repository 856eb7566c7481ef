"""Two hosts inside this machine: each has a network and a host name of its own, and shares files and processors. They are
gone when the object is, and when its process is."""

import os
import shutil
import signal
import subprocess
import unittest

NAMES = ("runoff-east", "runoff-west")
ADDRESSES = ("10.231.7.1", "10.231.7.2")
PORT = 2222


def require_rights():
    """Raises SkipTest with the reason why this machine cannot have them."""
    if os.geteuid() != 0:
        raise unittest.SkipTest("only root makes network namespaces")
    for program in ("ip", "unshare", "nsenter"):
        if shutil.which(program) is None:
            raise unittest.SkipTest(f"there is no {program}")
    tried = subprocess.run(["unshare", "--net", "--uts", "ip", "link", "add", "name", "one", "type", "veth", "peer", "name", "two"],
                           capture_output=True, text=True)
    if tried.returncode != 0:
        raise unittest.SkipTest("no network namespace can be made: " + tried.stderr.strip())


class TwoHosts:
    """The file `hosts` names them by address. `agent` is a remote shell as mpirun takes one."""

    def __init__(self, folder):
        self.folder = folder
        self.keepers, self.daemons = [], []
        self.hosts = os.path.join(folder, "hosts")
        self.agent = os.path.join(folder, "agent")

    def __enter__(self):
        for name in NAMES:
            # It ends with its standard input, so with this process.
            keeper = subprocess.Popen(["unshare", "--net", "--uts", "sh", "-c", f"hostname {name}; echo; exec cat"],
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self.keepers.append(keeper)
            keeper.stdout.readline()
        east, west = (keeper.pid for keeper in self.keepers)
        self.on(0, "ip", "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", str(west))
        for host, address in enumerate(ADDRESSES):
            self.on(host, "ip", "address", "add", address + "/24", "dev", "eth0")
            self.on(host, "ip", "link", "set", "eth0", "up")
            self.on(host, "ip", "link", "set", "lo", "up")
        with open(self.hosts, "w") as stream:
            stream.writelines(f"{address} slots=1\n" for address in ADDRESSES)
        cases = "".join(f"  {address}) keeper={keeper.pid} ;;\n" for address, keeper in zip(ADDRESSES, self.keepers))
        self.write_agent(f'host=$1; shift\ncase "$host" in\n{cases}esac\n'
                         'exec nsenter --target "$keeper" --net --uts sh -c "$*"\n')
        return self

    def __exit__(self, *_):
        for daemon in self.daemons:
            daemon.terminate()
            daemon.wait()
        for host in range(len(NAMES)):
            self.kill_all(host)
        for keeper in self.keepers:
            keeper.stdin.close()
            keeper.wait()
            keeper.stdout.close()
        # What Open MPI's daemons leave that are killed.
        for name in NAMES:
            shutil.rmtree(f"/tmp/ompi.{name}.{os.geteuid()}", ignore_errors=True)

    def take_away(self, host):
        """It ends, is in the network no more, and no remote shell reaches it."""
        with open(self.agent) as stream:
            script = stream.read().split("\n", 1)[1]
        self.write_agent(f'[ "$1" != {ADDRESSES[host]} ] || {{ echo "no route to host $1" >&2; exit 255; }}\n{script}')
        self.kill_all(host)
        self.on(host, "ip", "link", "set", "eth0", "down")

    def command(self, host, *words):
        return ["nsenter", "--target", str(self.keepers[host].pid), "--net", "--uts", *words]

    def on(self, host, *words):
        subprocess.run(self.command(host, *words), check=True, capture_output=True, text=True)

    def write_agent(self, script):
        with open(self.agent, "w") as stream:
            stream.write("#!/bin/sh\n" + script)
        os.chmod(self.agent, 0o700)

    def processes(self, host):
        """All on this host but the one that keeps it."""
        network = os.readlink(f"/proc/{self.keepers[host].pid}/ns/net")
        found = []
        for process in filter(str.isdigit, os.listdir("/proc")):
            try:
                if os.readlink(f"/proc/{process}/ns/net") == network and int(process) != self.keepers[host].pid:
                    found.append(int(process))
            except OSError:
                pass  # it has ended
        return found

    def kill_all(self, host):
        for process in self.processes(host):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def start_sshd(self):
        """A real one on each host, with keys of its own; `agent` is then ssh."""
        sshd = shutil.which("sshd", path=os.environ.get("PATH", "") + ":/usr/sbin")
        if sshd is None or shutil.which("ssh") is None:
            raise unittest.SkipTest("there is no sshd; apt-get install openssh-server")
        if not os.path.isdir("/run/sshd"):
            os.mkdir("/run/sshd", 0o755)
            unittest.addModuleCleanup(os.rmdir, "/run/sshd")
        key, host_key, config = (os.path.join(self.folder, name) for name in ("key", "host_key", "sshd_config"))
        for file in (key, host_key):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file], check=True)
        with open(config, "w") as stream:
            stream.write(f"Port {PORT}\nHostKey {host_key}\nAuthorizedKeysFile {key}.pub\nStrictModes no\nUsePAM no\n"
                         "PidFile none\nPermitRootLogin prohibit-password\nPasswordAuthentication no\n")
        for host in range(len(NAMES)):
            self.daemons.append(subprocess.Popen(self.command(host, sshd, "-D", "-f", config), stderr=subprocess.DEVNULL))
        self.write_agent(f"exec ssh -q -p {PORT} -i {key} -o StrictHostKeyChecking=no -o BatchMode=yes "
                         f"-o UserKnownHostsFile={self.folder}/known -o ConnectionAttempts=20 \"$@\"\n")
