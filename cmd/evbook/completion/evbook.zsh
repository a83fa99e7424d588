#compdef evbook
# Completion of evbook for zsh: evbook completion zsh > a folder of $fpath/_evbook
_evbook() {
    local -a lines described
    local line word
    lines=("${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    for line in $lines; do
        word=${line%%$'\t'*}
        [[ -n $word ]] || continue
        if [[ $line == *$'\t'* ]]; then
            described+=("${word//:/\\:}:${line#*$'\t'}")
        else
            described+=("${word//:/\\:}")
        fi
    done
    if (( $#described )); then
        _describe evbook described
    else
        _files
    fi
}
if [[ $funcstack[1] == _evbook ]]; then
    _evbook "$@"
else
    compdef _evbook evbook
fi
