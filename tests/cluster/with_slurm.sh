#!/usr/bin/env bash
# with_slurm.sh COMMAND...: runs COMMAND, as root, beside a Slurm of its own: a controller and two nodes, n1 and n2, on this
# machine. All of it is in namespaces of its own, with an own network and own process numbers, and gone when COMMAND ends.
# Needs the packages slurm-wlm and munge.
set -euo pipefail
if [ "${1:-}" != --inside ]; then
  for program in munged slurmctld slurmd srun ip unshare; do
    PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || { echo "with_slurm.sh: there is no $program" >&2 && exit 3; }
  done
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  chmod 755 "$folder"
  # What the namespace holds ends with it.
  unshare --net --uts --pid --fork --kill-child --mount-proc "$0" --inside "$folder" "$@"
  exit
fi
folder=$2
shift 2
export PATH=$PATH:/usr/sbin SLURM_CONF=$folder/slurm.conf

# The nodes' daemons and their jobs talk over an address of the network: Open MPI takes none of the loopback's.
hostname localhost
ip link set lo up
ip link add eth0 type veth peer name eth1
ip address add 10.231.8.1/24 dev eth0
ip link set eth1 up
ip link set eth0 up

mkdir "$folder/munge" "$folder/state"
chmod 755 "$folder/munge"
head -c 1024 /dev/urandom >"$folder/munge/key"
chmod 400 "$folder/munge/key"
munged --force --socket="$folder/munge/socket" --key-file="$folder/munge/key" --pid-file="$folder/munge/pid" \
  --log-file="$folder/munge/log" --seed-file="$folder/munge/seed" 2>"$folder/munge/words"

cat >"$SLURM_CONF" <<CONF
ClusterName=runoff
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=root
AuthInfo=socket=$folder/munge/socket
StateSaveLocation=$folder/state
SlurmctldPidFile=$folder/slurmctld.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdSpoolDir=$folder/spool.%n
SlurmdPidFile=$folder/slurmd.%n.pid
SlurmdLogFile=$folder/slurmd.%n.log
SlurmdParameters=config_overrides
SlurmdTimeout=3
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
ReturnToService=2
NodeName=n1 NodeHostname=n1 NodeAddr=127.0.0.1 Port=6821 CPUs=4
NodeName=n2 NodeHostname=n2 NodeAddr=127.0.0.1 Port=6822 CPUs=4
PartitionName=all Nodes=ALL Default=YES
CONF

slurmctld -c
for node in n1 n2; do
  # Two nodes that share /tmp make the same folder for PMIx there, and the second cannot: "task 1 launch failed".
  mkdir "$folder/$node" "$folder/spool.$node"
  ln -s ../slurm.conf "$folder/$node/slurm.conf"
  echo "PMIxCliTmpDirBase=$folder/$node" >"$folder/$node/mpi.conf"
  SLURM_CONF=$folder/$node/slurm.conf unshare --uts sh -c "hostname $node; exec slurmd -N $node"
done
for _ in $(seq 300); do
  [ "$(sinfo -h -t idle -o %D)" != 2 ] || break
  sleep 0.1
done
if [ "$(sinfo -h -t idle -o %D)" != 2 ]; then
  tail -n 5 "$folder"/*.log >&2
  echo "with_slurm.sh: the nodes do not come up" >&2
  exit 3
fi
"$@"
