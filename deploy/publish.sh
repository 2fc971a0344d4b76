#!/usr/bin/env bash
# Makes what is installed on a machine without the .NET SDK: for each runtime one folder and one archive with the portal, its runtime, and the examples of deploy/.
# It takes 5 to 20 minutes and says where it is.
#   deploy/publish.sh                     linux-x64 and win-x64 into artefacts/
#   deploy/publish.sh --into FOLDER RUNTIME...
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

into=artefacts
runtimes=()
while [ $# -gt 0 ]; do
  case "$1" in
    --into) into=${2:?--into needs a folder}; shift ;;
    -*) echo "unknown option: $1 (known: --into FOLDER)" >&2; exit 2 ;;
    *) runtimes+=("$1") ;;
  esac
  shift
done
[ ${#runtimes[@]} -gt 0 ] || runtimes=(linux-x64 win-x64)

version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
mkdir -p "$into"
for runtime in "${runtimes[@]}"; do
  name="live800-portal-$version-$runtime"
  rm -rf "${into:?}/$name"
  echo "$name: compiling; this takes some minutes"
  # One executable with the runtime in it, compiled ahead of time; beside it stand the pages' files and the few libraries that are no .NET.
  dotnet publish Live800.Portal -c Release -r "$runtime" --self-contained true \
    -p:PublishReadyToRun=true -p:PublishSingleFile=true -p:DebugType=embedded -p:GenerateDocumentationFile=false -p:RunAnalyzers=false \
    -o "$into/$name" -v quiet
  # What SkiaSharp brings for debuggers is larger than all the rest.
  find "$into/$name" -name '*.pdb' -delete
  echo "$name: packing"
  # The README leads to the texts of docs/; its pictures would be half of the archive.
  sed -e '/^!\[/d' -e '/^All pictures under/d' README.md | cat -s > "$into/$name/README.md"
  mkdir "$into/$name/docs"
  cp docs/*.md "$into/$name/docs/"
  if [[ $runtime != win-* ]]; then
    mkdir "$into/$name/deploy"
    cp deploy/{live800.service,portal.env,nginx.conf,live800.proxy,Caddyfile} "$into/$name/deploy/"
  fi
  # Windows unpacks this too, with the tar it has.
  archive="$name.tar.gz"
  tar -C "$into" --owner=0 --group=0 -czf "$into/$archive" "$name"
  (cd "$into" && sha256sum "$archive" > "$archive.sha256")
  echo "$name: done. $into/$archive  $(du -h "$into/$archive" | cut -f1) ($(du -sh "$into/$name" | cut -f1) unpacked)"
done
