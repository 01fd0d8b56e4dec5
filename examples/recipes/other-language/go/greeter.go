// A service that knows nothing of OAuth. Before the gateway, anybody could call it; now it also knows who does.
package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
)

func greet(response http.ResponseWriter, request *http.Request) {
	response.Header().Set("Content-Type", "application/json")
	caller := callerOf(request.Header.Get("Valetkey-Caller"))
	if caller == nil {
		response.WriteHeader(http.StatusUnauthorized)
		json.NewEncoder(response).Encode(map[string]string{"error": "Call me through the gateway."})
		return
	}
	json.NewEncoder(response).Encode(map[string]any{
		"language": "Go", "hello": caller.Subject, "through": caller.ClientID, "scopes": strings.Fields(caller.Scope),
	})
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
	if err != nil {
		panic(err)
	}
	fmt.Println("ready")
	panic(http.Serve(listener, http.HandlerFunc(greet)))
}
